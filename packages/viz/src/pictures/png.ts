// PNG bytes of a canvas.
import type { Canvas, PngConfig } from "canvas";

/** Device pixels to a CSS pixel in every PNG, for sharp text on dense screens and in print. */
export const PNG_SCALE = 2;

/** CSS pixels to an inch. */
const CSS_RESOLUTION = 96;

/** Of zlib, 0 to 9. Its default of 6 makes files a tenth smaller and takes more than twice as long. */
const COMPRESSION_LEVEL = 3;

/** The file says how dense it is, so that a document shows it at its size in CSS pixels. */
function optionsFor(scale: number): PngConfig {
  return { resolution: CSS_RESOLUTION * scale, compressionLevel: COMPRESSION_LEVEL };
}

export function encodePng(canvas: Canvas, scale = PNG_SCALE): Uint8Array {
  return canvas.toBuffer("image/png", optionsFor(scale));
}

/** The same, made on another thread while this one draws the next picture. */
export function encodePngInBackground(canvas: Canvas, scale = PNG_SCALE): Promise<Buffer> {
  return new Promise((done, reject) => {
    canvas.toBuffer((error, bytes) => (error ? reject(error) : done(bytes)), "image/png", optionsFor(scale));
  });
}
