// Bytes as they come, cut into whole lines of text. Where the bytes come from is the caller's business.

export interface LineHandlers {
  /** A whole line, without its end. Lines are numbered from 1. */
  onLine(text: string, line: number): void;
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
  let isTooLong = false;
  let line = 1;

  function keep(part: Uint8Array): void {
    size += part.length;
    if (size > longest) {
      isTooLong = true;
      parts = [];
    } else if (part.length > 0) {
      parts.push(new Uint8Array(part));
    }
  }

  return {
    add(bytes) {
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        keep(bytes.subarray(start, end));
        const number = line++;
        const text = isTooLong ? undefined : decode(parts);
        parts = [];
        size = 0;
        isTooLong = false;
        start = end + 1;
        if (text === undefined) handlers.onTooLong(number);
        else handlers.onLine(text, number);
      }
      keep(bytes.subarray(start));
    },
    rest: () => decode(parts),
  };
}

function decode(parts: readonly Uint8Array[]): string {
  const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  return new TextDecoder().decode(bytes).replace(/\r$/, "");
}
