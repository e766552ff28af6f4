// Templates of all classes side by side in one small picture, a pixel a weight: for a page that enlarges it itself.

import { type ImageShape, inputCount } from "@trainscope/core";
import { requireArgument } from "@trainscope/core/errors";
import { imagePixels, type Pixels } from "@trainscope/core/pixels";
import { encodePixels } from "./pixels-png.ts";

/** `classes` templates from left to right: `height x (classes * width)` pixels. */
export function templateStrip(
  frame: { readonly templates: Uint8Array },
  classes: number,
  shape: ImageShape,
): Pixels {
  requireArgument("templateStrip", "frame", frame, "an object");
  requireArgument("templateStrip", "shape", shape, "an object");
  const { width, height } = shape;
  const inputs = inputCount(shape);
  const rgba = new Uint8ClampedArray(4 * classes * width * height);
  for (let k = 0; k < classes; k++) {
    const template = imagePixels(frame.templates.subarray(k * inputs, (k + 1) * inputs), shape);
    for (let y = 0; y < height; y++) {
      const row = template.rgba.subarray(4 * y * width, 4 * (y + 1) * width);
      rgba.set(row, 4 * (y * classes * width + k * width));
    }
  }
  return { width: classes * width, height, rgba };
}

/** The strip's PNG bytes, from `classes x inputs` bytes. */
export function encodeTemplateStrip(templates: Uint8Array, classes: number, shape: ImageShape): Uint8Array {
  requireArgument("encodeTemplateStrip", "templates", templates, "bytes");
  requireArgument("encodeTemplateStrip", "shape", shape, "an object");
  return encodePixels(templateStrip({ templates }, classes, shape));
}
