// Pixels of templates and images, kept so that the same picture is the same object from frame to frame.
import { type ImageShape, inputCount, type ModelParameters } from "@trainscope/core";
import { imagePixels, type Pixels, templatePixels } from "@trainscope/core/pixels";
import { resample, type Size } from "./resample.ts";

/** Whether rows of so many inputs can be shown as pictures. */
export function isPictorial(shape: ImageShape, inputs: number): boolean {
  return (shape.channels === 1 || shape.channels === 3) && inputCount(shape) === inputs;
}

interface KeptTemplates extends Size {
  readonly templates: readonly Pixels[];
}

const templates = new WeakMap<ModelParameters, KeptTemplates>();

/**
 * Each class's template in at most the given size. It is shrunk before it is scaled from its least to its greatest
 * value, since means of neighbours lie closer together and would come out grey.
 */
export function templatesOf(parameters: ModelParameters, shape: ImageShape, most: Size): readonly Pixels[] {
  const size = { width: Math.min(shape.width, most.width), height: Math.min(shape.height, most.height) };
  const before = templates.get(parameters);
  if (before?.width === size.width && before.height === size.height) return before.templates;
  const made = Array.from({ length: parameters.classes }, (_, k) => {
    const row = parameters.weights.subarray(k * parameters.inputs, (k + 1) * parameters.inputs);
    return templatePixels(shrunk(row, shape, size), { ...size, channels: shape.channels });
  });
  templates.set(parameters, { ...size, templates: made });
  return made;
}

/** Plane by plane. */
function shrunk(
  planes: ArrayLike<number>,
  { width, height, channels }: ImageShape,
  size: Size,
): ArrayLike<number> {
  if (size.width === width && size.height === height) return planes;
  const area = size.width * size.height;
  const values = new Float64Array(channels * area);
  for (let channel = 0; channel < channels; channel++) {
    const plane = { values: planes, offset: channel * width * height, step: 1, width, height };
    values.set(resample(plane, size), channel * area);
  }
  return values;
}

type ImageOf = (index: number) => Uint8Array;

/** Those that were shown last; a run of many epochs has many mistakes. */
const MOST_IMAGES = 256;
const images = new WeakMap<ImageOf, Map<number, Pixels>>();

/** The pixels of one image. */
export function pixelsOfImage(imageOf: ImageOf, index: number, shape: ImageShape): Pixels {
  const known = images.get(imageOf) ?? new Map<number, Pixels>();
  images.set(imageOf, known);
  const pixels = known.get(index) ?? imagePixels(imageOf(index), shape);
  // Set anew, so that the one that wasn't asked for longest stands first.
  known.delete(index);
  known.set(index, pixels);
  for (const oldest of known.keys()) {
    if (known.size <= MOST_IMAGES) break;
    known.delete(oldest);
  }
  return pixels;
}
