// Images out of an array, whichever way its indices go.
import type { ImageShape } from "@trainscope/core";
import { badFile } from "../contents.ts";
import type { NdArray } from "./ndarray.ts";

export interface ArrayImages {
  readonly shape: ImageShape;
  /** `n x inputs`, plane by plane. */
  readonly images: Uint8Array;
}

/** Which of the array's indices is which, and where an image lies in it. */
interface Axes {
  readonly shape: ImageShape;
  /** From one image, plane, row, column to the next. */
  readonly steps: readonly [image: number, plane: number, row: number, column: number];
}

/**
 * `n x inputs` (planes one after the other, as CIFAR's files have them), `n x height x width`,
 * `n x height x width x channels` or `n x channels x height x width`, with 1 or 3 channels.
 *
 * @throws TrainscopeError `BAD_DATA` for another shape, or elements that aren't bytes
 */
export function imagesIn(array: NdArray, file: string): ArrayImages {
  const { type, shape: sides, bytes } = array;
  const words = sides.join(" x ");
  if (type.kind !== "u" || type.size !== 1) {
    const found = `${type.kind}${type.size}`;
    const text = `its images are numbers of kind ${found}; expected bytes, u1, from 0 to 255`;
    throw badFile(
      file,
      text,
      undefined,
      'Save them as such: of numbers from 0 to 1, (255 * images).astype("uint8").',
    );
  }
  const axes = axesOf(array);
  if (axes === undefined) {
    const expected = "images x height x width, with 1 or 3 channels before or after these, or images x pixels";
    throw badFile(file, `its images are an array of ${words}; expected ${expected}`);
  }
  return { shape: axes.shape, images: planes(bytes, sides[0] ?? 0, axes) };
}

/** Elements from one to the next along each index. */
function stepsOf({ shape, isFortran }: NdArray): number[] {
  const steps = new Array<number>(shape.length).fill(1);
  if (isFortran) for (let i = 1; i < shape.length; i++) steps[i] = (steps[i - 1] ?? 1) * (shape[i - 1] ?? 1);
  else for (let i = shape.length - 2; i >= 0; i--) steps[i] = (steps[i + 1] ?? 1) * (shape[i + 1] ?? 1);
  return steps;
}

const isChannels = (side: number): boolean => side === 1 || side === 3;

function axesOf(array: NdArray): Axes | undefined {
  const [, second = 0, third = 0, fourth = 0] = array.shape;
  const [image = 1, a = 1, b = 1, c = 1] = stepsOf(array);
  if (array.shape.includes(0)) return undefined;
  if (array.shape.length === 2) {
    const channels = second % 3 === 0 && Number.isInteger(Math.sqrt(second / 3)) ? 3 : 1;
    const side = Math.sqrt(second / channels);
    if (!Number.isInteger(side)) return undefined;
    return { shape: { width: side, height: side, channels }, steps: [image, a * side * side, a * side, a] };
  }
  if (array.shape.length === 3)
    return { shape: { width: third, height: second, channels: 1 }, steps: [image, 0, a, b] };
  if (array.shape.length !== 4) return undefined;
  if (isChannels(fourth))
    return { shape: { width: third, height: second, channels: fourth }, steps: [image, c, a, b] };
  if (isChannels(second))
    return { shape: { width: fourth, height: third, channels: second }, steps: [image, a, b, c] };
  return undefined;
}

/** The bytes themselves where they lie as they should, else a copy that does. */
function planes(bytes: Uint8Array, count: number, { shape, steps }: Axes): Uint8Array {
  const { width, height, channels } = shape;
  const [image, plane, row, column] = steps;
  const isInPlace =
    column === 1 &&
    row === width &&
    (channels === 1 || plane === width * height) &&
    image === width * height * channels;
  if (isInPlace) return bytes;
  const images = new Uint8Array(bytes.length);
  let next = 0;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < channels; k++) {
      for (let y = 0; y < height; y++) {
        const start = i * image + k * plane + y * row;
        for (let x = 0; x < width; x++) images[next++] = bytes[start + x * column] as number;
      }
    }
  }
  return images;
}
