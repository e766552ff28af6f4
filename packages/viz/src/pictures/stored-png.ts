// PNG of pixels where there is no zlib, as in a browser: the bytes stand in it as they are.

import type { Pixels } from "@trainscope/core/pixels";
import { pngFile } from "./png-file.ts";

/** A block's length has 16 bits (RFC 1951, 3.2.4). */
const LONGEST_BLOCK = 65_535;

/** A `data:` URL of the PNG, about 5.4 characters a pixel. */
export function storedPixelsUrl(pixels: Pixels): string {
  const bytes = pngFile(pixels, store);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

/** A zlib stream (RFC 1950) of stored blocks. */
function store(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / LONGEST_BLOCK));
  const stored = new Uint8Array(2 + 5 * blocks + bytes.length + 4);
  const view = new DataView(stored.buffer);
  // Deflate with a window of 32 KiB, no dictionary; the two bytes are a multiple of 31.
  stored.set([0x78, 0x01]);
  let at = 2;
  for (let block = 0; block < blocks; block++) {
    const part = bytes.subarray(block * LONGEST_BLOCK, (block + 1) * LONGEST_BLOCK);
    stored[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    stored.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, adler32(bytes));
  return stored;
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}
