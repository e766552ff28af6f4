// PNG of pixels alone (ISO/IEC 15948), without a canvas: what SVGs and pages hold in them.
import { crc32, deflateSync } from "node:zlib";
import type { Pixels } from "./template.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BIT_DEPTH = 8;
const TRUECOLOUR_WITH_ALPHA = 6;

/** Of zlib, 0 to 9: beyond, such pictures hardly get smaller. */
const COMPRESSION_LEVEL = 6;

/** A pixel a pixel. */
export function encodePixels({ width, height, rgba }: Pixels): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = BIT_DEPTH;
  header[9] = TRUECOLOUR_WITH_ALPHA;
  const data = deflateSync(scanlines(width, height, rgba), { level: COMPRESSION_LEVEL });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** A `data:` URL of the PNG. */
export function pixelsUrl(pixels: Pixels): string {
  return `data:image/png;base64,${Buffer.from(encodePixels(pixels)).toString("base64")}`;
}

/** Before each row stands its filter: 0, none. */
function scanlines(width: number, height: number, rgba: Uint8ClampedArray): Uint8Array {
  const stride = 4 * width;
  const lines = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    lines.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  return lines;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const bytes = Buffer.alloc(named.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  named.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(named), named.length + 4);
  return bytes;
}
