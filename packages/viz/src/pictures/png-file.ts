// The PNG file format (ISO/IEC 15948) of pixels, without a canvas and without Node: who packs the bytes is handed in.
import type { Pixels } from "@trainscope/core/pixels";

export const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BIT_DEPTH = 8;
const TRUECOLOUR_WITH_ALPHA = 6;

/** A pixel a pixel. `pack` gives the bytes as a zlib stream (RFC 1950). */
export function pngFile(pixels: Pixels, pack: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const data = chunk("IDAT", pack(scanlines(pixels)));
  return joined([SIGNATURE, headerChunk(pixels.width, pixels.height), data, chunk("IEND", new Uint8Array(0))]);
}

export function headerChunk(width: number, height: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([BIT_DEPTH, TRUECOLOUR_WITH_ALPHA], 8);
  return chunk("IHDR", header);
}

/** Before each row stands its filter: 0, none. */
export function scanlines({ width, height, rgba }: Pixels): Uint8Array {
  const stride = 4 * width;
  const lines = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    lines.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  return lines;
}

export function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(
    Uint8Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

let table: Uint32Array | undefined;

/** Of each byte, its polynomial's remainder (ISO/IEC 15948, annex D). */
function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
    }
    return remainder;
  });
}

function crc32(bytes: Uint8Array): number {
  table ??= makeTable();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
