// PNG bytes of a canvas.
import type { Canvas } from "canvas";

/** Device pixels to a CSS pixel in every PNG, for sharp text on dense screens and in print. */
export const PNG_SCALE = 2;

/** CSS pixels to an inch. */
const CSS_RESOLUTION = 96;

/** Of zlib, 0 to 9. Its default of 6 makes files a tenth smaller and takes more than twice as long. */
const COMPRESSION_LEVEL = 3;

/** The file says how dense it is, so that a document shows it at its size in CSS pixels. */
export function encodePng(canvas: Canvas, scale = PNG_SCALE): Uint8Array {
  const resolution = CSS_RESOLUTION * scale;
  return canvas.toBuffer("image/png", { resolution, compressionLevel: COMPRESSION_LEVEL });
}
