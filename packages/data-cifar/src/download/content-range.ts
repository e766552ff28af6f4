// The answer to a request for part of a file (RFC 9110, section 14.4).

export interface ContentRange {
  /** Absent if the range can't be satisfied: "bytes *\/1234". */
  readonly start?: number;
  /** Absent if the server doesn't know: "bytes 0-9\/*". */
  readonly size?: number;
}

/** `undefined` if the header is missing or malformed. */
export function parseContentRange(header: string | null): ContentRange | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(header?.trim() ?? "");
  if (match === null) return undefined;
  const [, start, size] = match;
  return {
    ...(start === undefined ? {} : { start: Number(start) }),
    ...(size === undefined || size === "*" ? {} : { size: Number(size) }),
  };
}
