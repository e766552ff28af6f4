// Standardising: each component less the training split's mean, over its standard deviation.
// Validation and test are standardised by the training split's figures too, never by their own.
import { requireArgument } from "../errors.ts";
import type { InputValues, LabelledImages } from "./dataset.ts";

/** Of each component over a split, in the unit of the stored bytes (0 to 255), or of the features. */
export interface ComponentStatistics {
  readonly means: Float64Array;
  /** Of the population (divided by n); 1 where a component is constant, so that it becomes 0 and not NaN. */
  readonly deviations: Float64Array;
}

/** Collects the statistics of `n x inputs` images, or rows of features, some at a time. */
export interface StatisticsCollector<Values extends InputValues = Uint8Array> {
  /** Adds whole ones, one after another. */
  add(images: Values): void;
  /** Throws `RangeError` where nothing was added. */
  result(): ComponentStatistics;
}

/** Images whose squared bytes add up to less than 2^31. */
const FOLD = 33_000;

/**
 * Sums of bytes and of their squares are whole numbers, which int32 holds exactly over `FOLD` images and float64 over
 * 10^6, so the one pass over the data loses nothing. In int32 and four images at a time it takes half of the time that
 * it takes in float64.
 */
export function createStatisticsCollector(inputs: number): StatisticsCollector {
  const sums = new Float64Array(inputs);
  const squares = new Float64Array(inputs);
  const partialSums = new Int32Array(inputs);
  const partialSquares = new Int32Array(inputs);
  let count = 0;
  let partialCount = 0;

  function addFour(images: Uint8Array, start: number): void {
    for (let j = 0; j < inputs; j++) {
      const a = images[start + j] as number;
      const b = images[start + j + inputs] as number;
      const c = images[start + j + 2 * inputs] as number;
      const d = images[start + j + 3 * inputs] as number;
      partialSums[j] = (partialSums[j] as number) + a + b + c + d;
      partialSquares[j] = (partialSquares[j] as number) + a * a + b * b + c * c + d * d;
    }
  }

  function addOne(images: Uint8Array, start: number): void {
    for (let j = 0; j < inputs; j++) {
      const value = images[start + j] as number;
      partialSums[j] = (partialSums[j] as number) + value;
      partialSquares[j] = (partialSquares[j] as number) + value * value;
    }
  }

  function fold(): void {
    for (let j = 0; j < inputs; j++) {
      sums[j] = (sums[j] as number) + (partialSums[j] as number);
      squares[j] = (squares[j] as number) + (partialSquares[j] as number);
    }
    partialSums.fill(0);
    partialSquares.fill(0);
    count += partialCount;
    partialCount = 0;
  }

  return {
    add(images) {
      const rows = images.length / inputs;
      let row = 0;
      while (row < rows) {
        if (partialCount + 4 > FOLD) fold();
        const four = row + 4 <= rows;
        if (four) addFour(images, row * inputs);
        else addOne(images, row * inputs);
        row += four ? 4 : 1;
        partialCount += four ? 4 : 1;
      }
    },
    result() {
      fold();
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
export function componentStatistics(split: LabelledImages, inputs: number): ComponentStatistics {
  requireArgument("componentStatistics", "split", split, "an object");
  requireArgument("componentStatistics", "inputs", inputs, "a whole number");
  const { images } = split;
  const collector = createStatisticsCollector(inputs);
  collector.add(images);
  return collector.result();
}

/**
 * `(x - mean) / deviation`, from bytes or features. Of bytes, dividing bytes by 255 first would change mean and deviation alike and
 * leave the result as it is. `order`, where given, tells from which component each is read (mirroring).
 */
export function standardiseInto(
  out: Float64Array,
  outStart: number,
  images: InputValues,
  imageStart: number,
  means: Float64Array,
  inverseDeviations: Float64Array,
  order?: Uint32Array,
): void {
  const inputs = means.length;
  if (order === undefined) {
    for (let j = 0; j < inputs; j++) {
      const value = images[imageStart + j] as number;
      out[outStart + j] = (value - (means[j] as number)) * (inverseDeviations[j] as number);
    }
  } else {
    for (let j = 0; j < inputs; j++) {
      const value = images[imageStart + (order[j] as number)] as number;
      out[outStart + j] = (value - (means[j] as number)) * (inverseDeviations[j] as number);
    }
  }
}
