// PNG of pixels alone, without a canvas, packed by Node's zlib: what SVGs and pages hold in them.
import { deflateSync } from "node:zlib";
import type { Pixels } from "@trainscope/core/pixels";
import { pngFile } from "./png-file.ts";

/** Of zlib, 0 to 9: beyond, such pictures hardly get smaller. */
const COMPRESSION_LEVEL = 6;

/** A pixel a pixel. */
export function encodePixels(pixels: Pixels): Uint8Array {
  return pngFile(pixels, (bytes) => deflateSync(bytes, { level: COMPRESSION_LEVEL }));
}

/** A `data:` URL of the PNG. */
export function pixelsUrl(pixels: Pixels): string {
  return `data:image/png;base64,${Buffer.from(encodePixels(pixels)).toString("base64")}`;
}
