// The two inner loops of the wasm engine by themselves, on data in the first caches: the sizes are those of a batch of
// CIFAR-10 (100 rows, chunks of 192 inputs, 10 classes).
import { gradientTile, scoreTile } from "./tiles";

const ROWS: usize = 100;
const CHUNK: usize = 192;
const ROW_BYTES: usize = CHUNK * 2;
const IMAGES: usize = 0x10000;
const WEIGHTS: usize = 0x20000;
const GRADIENTS: usize = 0x30000;
const SUMS: usize = 0x40000;

/** A chunk's part of the scores, `rounds` times. */
export function scores(rounds: i32): f32 {
  for (let round = 0; round < rounds; round++) {
    for (let group: usize = 0; group < 2; group++) {
      const weights = WEIGHTS + group * CHUNK * 20;
      for (let row: usize = 0; row < ROWS; row += 2) {
        scoreTile(IMAGES + row * ROW_BYTES, ROW_BYTES, weights, CHUNK, GRADIENTS, SUMS + row * 4);
      }
    }
  }
  return load<f32>(SUMS);
}

/** A chunk's gradient, `rounds` times. */
export function gradient(rounds: i32): f32 {
  for (let round = 0; round < rounds; round++) {
    for (let input: usize = 0; input < CHUNK; input += 8) {
      for (let group: usize = 0; group < 2; group++) {
        gradientTile(IMAGES + 2 * input, ROW_BYTES, ROWS, GRADIENTS + 20 * group, 40, SUMS, SUMS + 192);
      }
    }
  }
  return load<f32>(SUMS);
}
