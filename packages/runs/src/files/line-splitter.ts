// Bytes as they come, cut into whole lines of text. Where the bytes come from is the caller's business.

export interface LineHandlers {
  /** A whole line, without its end. Lines are numbered from 1. `size`: bytes up to and with its end, from the start. */
  onLine(text: string, line: number, size: number): void;
  /** The line had more bytes than are kept, and is passed over. */
  onTooLong(line: number): void;
}

export interface LineSplitter {
  add(bytes: Uint8Array): void;
  /** The text of the line that has no end yet. */
  rest(): string;
}

/** Of a line of text that a person or a program might mean: an event of ten thousand metrics has half a megabyte. */
export const LONGEST_LINE = 8 << 20;

const LINE_FEED = 0x0a;

/**
 * Cuts at line feeds, before anything is decoded, so it doesn't matter where a chunk ends. A carriage return before the
 * line feed and a byte order mark are left out; bytes that are no UTF-8 become U+FFFD.
 */
export function createLineSplitter(handlers: LineHandlers, longest = LONGEST_LINE): LineSplitter {
  /** Of the line that has no end yet: copies, as the caller may use its buffer again. */
  let parts: Uint8Array[] = [];
  let size = 0;
  let line = 1;
  let taken = 0;

  function keep(part: Uint8Array): void {
    size += part.length;
    if (size > longest) parts = [];
    else if (part.length > 0) parts.push(new Uint8Array(part));
  }

  function endLine(part: Uint8Array): void {
    const isTooLong = size + part.length > longest;
    const text = isTooLong ? "" : decode(parts.length === 0 ? part : Buffer.concat([...parts, part]));
    const number = line++;
    parts = [];
    size = 0;
    if (isTooLong) handlers.onTooLong(number);
    else handlers.onLine(text, number, taken);
  }

  return {
    add(bytes) {
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        taken += end + 1 - start;
        const part = bytes.subarray(start, end);
        start = end + 1;
        endLine(part);
      }
      taken += bytes.length - start;
      keep(bytes.subarray(start));
    },
    rest: () => decode(Buffer.concat(parts)),
  };
}

const BYTE_ORDER_MARK = "\ufeff";

function decode({ buffer, byteOffset, byteLength }: Uint8Array): string {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  return text.slice(text.startsWith(BYTE_ORDER_MARK) ? 1 : 0, text.endsWith("\r") ? -1 : undefined);
}
