// Standardising: each component less the training split's mean, over its standard deviation.
// Validation and test are standardised by the training split's figures too, never by their own.
import type { LabelledImages } from "./dataset.ts";

/** Of each component over a split, in the unit of the stored bytes (0 to 255). */
export interface ComponentStatistics {
  readonly means: Float64Array;
  /** Of the population (divided by n); 1 where a component is constant, so that it becomes 0 and not NaN. */
  readonly deviations: Float64Array;
}

/** Collects the statistics of `n x inputs` images, some at a time. */
export interface StatisticsCollector {
  /** Adds whole images, one after another. */
  add(images: Uint8Array): void;
  /** Throws `RangeError` where no image was added. */
  result(): ComponentStatistics;
}

/**
 * Sums of bytes and of their squares are whole numbers that float64 holds exactly (up to 10^6 images), so the one
 * pass over the data loses nothing.
 */
export function createStatisticsCollector(inputs: number): StatisticsCollector {
  const sums = new Float64Array(inputs);
  const squares = new Float64Array(inputs);
  let count = 0;
  return {
    add(images) {
      for (let start = 0; start < images.length; start += inputs) {
        for (let j = 0; j < inputs; j++) {
          const value = images[start + j] as number;
          sums[j] = (sums[j] as number) + value;
          squares[j] = (squares[j] as number) + value * value;
        }
      }
      count += images.length / inputs;
    },
    result() {
      if (count === 0) throw new RangeError("0 images; expected at least 1 to standardise by");
      const means = sums.map((sum) => sum / count);
      const deviations = squares.map((square, j) => {
        const sum = sums[j] as number;
        const variance = (count * square - sum * sum) / (count * count);
        return variance === 0 ? 1 : Math.sqrt(variance);
      });
      return { means, deviations };
    },
  };
}

/**
 * Means and standard deviations of the `inputs` components of `n x inputs` images, at once.
 * Throws `RangeError` where there is no image.
 */
export function componentStatistics({ images }: LabelledImages, inputs: number): ComponentStatistics {
  const collector = createStatisticsCollector(inputs);
  collector.add(images);
  return collector.result();
}

/**
 * `(x - mean) / deviation`, from bytes: dividing bytes by 255 first would change mean and deviation alike and
 * leave the result as it is. `order`, where given, tells from which component each is read (mirroring).
 */
export function standardiseInto(
  out: Float64Array,
  outStart: number,
  images: Uint8Array,
  imageStart: number,
  means: Float64Array,
  inverseDeviations: Float64Array,
  order?: Uint32Array,
): void {
  const inputs = means.length;
  if (order === undefined) {
    for (let j = 0; j < inputs; j++) {
      const byte = images[imageStart + j] as number;
      out[outStart + j] = (byte - (means[j] as number)) * (inverseDeviations[j] as number);
    }
  } else {
    for (let j = 0; j < inputs; j++) {
      const byte = images[imageStart + (order[j] as number)] as number;
      out[outStart + j] = (byte - (means[j] as number)) * (inverseDeviations[j] as number);
    }
  }
}
