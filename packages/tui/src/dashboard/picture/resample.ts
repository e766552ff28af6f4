// One plane of a picture in another size: by the mean over areas where it shrinks, by nearest neighbour where it grows.
//
// Means are taken of the values as they are, not of the light they stand for. A template's values are weights, so the
// mean of the values is what is meant, and linear light would brighten its noise; on photographs of 32 x 32 the
// difference is hardly seen.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a plane lies in an array: its first value, and how far the next is. */
export interface Plane extends Size {
  readonly values: ArrayLike<number>;
  readonly offset: number;
  readonly step: number;
}

/** `to.height x to.width` values, row by row. */
export function resample(plane: Plane, to: Size): Float64Array {
  const { values, offset, step, width, height } = plane;
  const across = spansOf(width, to.width);
  const down = spansOf(height, to.height);
  // Rows first, then columns.
  const narrow = new Float64Array(height * to.width);
  for (let y = 0; y < height; y++) {
    const start = offset + y * width * step;
    across.forEach(({ first, weights }, x) => {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        sum += (weights[i] as number) * (values[start + (first + i) * step] as number);
      }
      narrow[y * to.width + x] = sum;
    });
  }
  const resampled = new Float64Array(to.height * to.width);
  down.forEach(({ first, weights }, y) => {
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      const row = (first + i) * to.width;
      for (let x = 0; x < to.width; x++) {
        const at = y * to.width + x;
        resampled[at] = (resampled[at] as number) + weight * (narrow[row + x] as number);
      }
    }
  });
  return resampled;
}

/** The sources of one target place: neighbours from `first` on, with weights that sum to 1. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spansOf(from: number, to: number): readonly Span[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, index) => {
    if (ratio <= 1) return { first: Math.floor((index + 0.5) * ratio), weights: [1] };
    const [start, end] = [index * ratio, (index + 1) * ratio];
    const first = Math.floor(start);
    const last = Math.min(from, Math.ceil(end - 1e-9));
    const weights = Array.from({ length: last - first }, (_, i) => {
      const covered = Math.min(end, first + i + 1) - Math.max(start, first + i);
      return covered / ratio;
    });
    return { first, weights };
  });
}
