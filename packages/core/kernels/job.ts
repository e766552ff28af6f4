// What the host asks for, in words that all threads read.
import * as Word from "../src/engine/wasm/job-words";
import { job } from "./setup";

export const LOAD: u32 = Word.LOAD;
export const TRAIN: u32 = Word.TRAIN;
export const EVALUATE: u32 = Word.EVALUATE;
export const ADOPT: u32 = Word.ADOPT;

// @ts-ignore: decorator
@inline
export function kind(): u32 {
  return load<u32>(job, 4 * Word.KIND);
}

/** The split's images, one after another, uint8. */
// @ts-ignore: decorator
@inline
export function images(): usize {
  return load<u32>(job, 4 * Word.IMAGES);
}

/** The split's labels, uint8. */
// @ts-ignore: decorator
@inline
export function labels(): usize {
  return load<u32>(job, 4 * Word.LABELS);
}

/** Rows of the job: images to train on, or to evaluate. */
// @ts-ignore: decorator
@inline
export function rowCount(): usize {
  return load<u32>(job, 4 * Word.ROWS);
}

/** One float32 for each row of the job. */
// @ts-ignore: decorator
@inline
export function losses(): usize {
  return load<u32>(job, 4 * Word.LOSSES);
}

/** Training: the image of each row, uint32. */
// @ts-ignore: decorator
@inline
export function order(): usize {
  return load<u32>(job, 4 * Word.ORDER);
}

/** Training: for each row 1 where its image is mirrored, uint8; 0 instead of an address where none is. */
// @ts-ignore: decorator
@inline
export function flips(): usize {
  return load<u32>(job, 4 * Word.FLIPS);
}

// @ts-ignore: decorator
@inline
export function batchSize(): usize {
  return load<u32>(job, 4 * Word.BATCH_SIZE);
}

/** Training: one for each batch of the job, float64. */
// @ts-ignore: decorator
@inline
export function learningRates(): usize {
  return load<u32>(job, 4 * Word.LEARNING_RATES);
}

/** Evaluation: the split's first row to evaluate. */
// @ts-ignore: decorator
@inline
export function firstRow(): usize {
  return load<u32>(job, 4 * Word.FIRST_ROW);
}

/** Evaluation: `[row][class]` float32. */
// @ts-ignore: decorator
@inline
export function probabilities(): usize {
  return load<u32>(job, 4 * Word.PROBABILITIES);
}

/** Evaluation: rows that threads have taken so far, for `atomic.add`. */
// @ts-ignore: decorator
@inline
export function takenRows(): usize {
  return job + 4 * Word.TAKEN_ROWS;
}

/** Training: two uint32 for each row; 0 instead of an address where there is no noise. */
// @ts-ignore: decorator
@inline
export function noiseKeys(): usize {
  return load<u32>(job, 4 * Word.NOISE_KEYS);
}

/** Training: the largest whole number that a component is moved by. */
// @ts-ignore: decorator
@inline
export function noiseAmount(): u32 {
  return load<u32>(job, 4 * Word.NOISE_AMOUNT);
}

// @ts-ignore: decorator
@inline
export function lambda(): f64 {
  return load<f64>(job, 4 * Word.LAMBDA);
}

/** Training: what all rows' losses add up to, for the host. */
// @ts-ignore: decorator
@inline
export function setLossSum(sum: f64): void {
  store<f64>(job, sum, 4 * Word.LOSS_SUM);
}
