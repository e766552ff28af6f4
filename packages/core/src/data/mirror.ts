import { type ImageShape, inputCount } from "./dataset.ts";

/** For each component of an image, the component that takes its place when mirrored left to right. */
export function mirrorOrder(shape: ImageShape): Uint32Array {
  const { width } = shape;
  return Uint32Array.from({ length: inputCount(shape) }, (_, j) => {
    const column = j % width;
    return j - column + (width - 1 - column);
  });
}
