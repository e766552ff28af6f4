// PNG bytes of a canvas.
import type { Canvas } from "canvas";

/** Device pixels to a CSS pixel in every PNG, for sharp text on dense screens and in print. */
export const PNG_SCALE = 2;

/** CSS pixels to an inch. */
const CSS_RESOLUTION = 96;

/** The file says how dense it is, so that a document shows it at its size in CSS pixels. */
export function encodePng(canvas: Canvas, scale = PNG_SCALE): Uint8Array {
  return canvas.toBuffer("image/png", { resolution: CSS_RESOLUTION * scale });
}
