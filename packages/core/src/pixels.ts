// Rows of numbers as colours: a class's weights scaled min-max, an image's bytes as they are. Nothing here draws.
import { type ImageShape, inputCount } from "./data/dataset.ts";
import { TrainscopeError } from "./errors.ts";

/** Colours of a picture before it is enlarged. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `height x width x 4`: red, green, blue, opacity. */
  readonly rgba: Uint8ClampedArray;
}

/** Where there is nothing to scale by: middle grey. */
const NEUTRAL = 128;

/**
 * A template of `width x height x channels` values, plane by plane, from its least value (black) to its greatest
 * (full colour), over all channels together. A constant template is grey; so is a value that is no number.
 */
export function templatePixels(template: ArrayLike<number>, shape: ImageShape): Pixels {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < template.length; i++) {
    const value = template[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const spread = greatest - least;
  const bytes = new Uint8ClampedArray(template.length);
  for (let i = 0; i < template.length; i++) {
    const value = template[i] as number;
    bytes[i] = Number.isNaN(value) || !(spread > 0) ? NEUTRAL : Math.round((255 * (value - least)) / spread);
  }
  return planesToPixels(bytes, shape);
}

/** An image of bytes, plane by plane, as it is. */
export function imagePixels(image: ArrayLike<number>, shape: ImageShape): Pixels {
  return planesToPixels(image, shape);
}

/** Throws `NOT_SUPPORTED` unless there are 1 (grey) or 3 (RGB) channels, `BAD_DATA` where the length isn't the shape's. */
function planesToPixels(planes: ArrayLike<number>, shape: ImageShape): Pixels {
  const { width, height, channels } = shape;
  if (channels !== 1 && channels !== 3) {
    throw new TrainscopeError(
      "NOT_SUPPORTED",
      `an image of ${channels} channels; expected 1 (grey) or 3 (RGB)`,
    );
  }
  if (planes.length !== inputCount(shape)) {
    throw new TrainscopeError(
      "BAD_DATA",
      `an image of ${planes.length} values; expected ${width} x ${height} x ${channels} = ${inputCount(shape)}`,
    );
  }
  const size = width * height;
  const rgba = new Uint8ClampedArray(4 * size);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[4 * pixel + channel] = planes[channels === 1 ? pixel : channel * size + pixel] as number;
    }
    rgba[4 * pixel + 3] = 255;
  }
  return { width, height, rgba };
}
