// What the host asks for, in words that all threads read.
import { job } from "./setup";

export const LOAD: u32 = 1;
export const TRAIN: u32 = 2;
export const EVALUATE: u32 = 3;
export const ADOPT: u32 = 4;

// @ts-ignore: decorator
@inline
export function kind(): u32 {
  return load<u32>(job);
}

/** The split's images, one after another, uint8. */
// @ts-ignore: decorator
@inline
export function images(): usize {
  return load<u32>(job, 4);
}

/** The split's labels, uint8. */
// @ts-ignore: decorator
@inline
export function labels(): usize {
  return load<u32>(job, 8);
}

/** Rows of the job: images to train on, or to evaluate. */
// @ts-ignore: decorator
@inline
export function rowCount(): usize {
  return load<u32>(job, 12);
}

/** One float32 for each row of the job. */
// @ts-ignore: decorator
@inline
export function losses(): usize {
  return load<u32>(job, 16);
}

/** Training: the image of each row, uint32. */
// @ts-ignore: decorator
@inline
export function order(): usize {
  return load<u32>(job, 20);
}

/** Training: for each row 1 where its image is mirrored, uint8; 0 instead of an address where none is. */
// @ts-ignore: decorator
@inline
export function flips(): usize {
  return load<u32>(job, 24);
}

// @ts-ignore: decorator
@inline
export function batchSize(): usize {
  return load<u32>(job, 28);
}

/** Training: one for each batch of the job, float64. */
// @ts-ignore: decorator
@inline
export function learningRates(): usize {
  return load<u32>(job, 32);
}

/** Evaluation: the split's first row to evaluate. */
// @ts-ignore: decorator
@inline
export function firstRow(): usize {
  return load<u32>(job, 36);
}

/** Evaluation: `[row][class]` float32. */
// @ts-ignore: decorator
@inline
export function probabilities(): usize {
  return load<u32>(job, 40);
}

/** Evaluation: rows that threads have taken so far, for `atomic.add`. */
// @ts-ignore: decorator
@inline
export function takenRows(): usize {
  return job + 44;
}

/** Training: two uint32 for each row; 0 instead of an address where there is no noise. */
// @ts-ignore: decorator
@inline
export function noiseKeys(): usize {
  return load<u32>(job, 64);
}

/** Training: the largest whole number that a component is moved by. */
// @ts-ignore: decorator
@inline
export function noiseAmount(): u32 {
  return load<u32>(job, 68);
}

// @ts-ignore: decorator
@inline
export function lambda(): f64 {
  return load<f64>(job, 48);
}

/** Training: what all rows' losses add up to, for the host. */
// @ts-ignore: decorator
@inline
export function setLossSum(sum: f64): void {
  store<f64>(job, sum, 56);
}
