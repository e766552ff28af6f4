// PNG bytes of a canvas, made on another thread while this one draws the next figure.
import type { Canvas } from "canvas";
import { PNG_SCALE } from "../../pictures/png.ts";

/** CSS pixels to an inch. */
const CSS_RESOLUTION = 96;

/** zlib's level: the default of 6 makes files a tenth smaller in twice the time. */
const LEVEL = 3;

/** Of a canvas with so many device pixels to a CSS pixel; `PNG_SCALE` where it isn't given. */
export function encodeInBackground(canvas: Canvas, scale = PNG_SCALE): Promise<Buffer> {
  return new Promise((done, reject) => {
    const options = { resolution: CSS_RESOLUTION * scale, compressionLevel: LEVEL } as const;
    canvas.toBuffer((error, bytes) => (error ? reject(error) : done(bytes)), "image/png", options);
  });
}
