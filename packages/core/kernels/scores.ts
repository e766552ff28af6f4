// Scores `s = W x + b`: chunk by chunk in the first place, then added up.
import {
  biases,
  chunkInputs,
  chunks,
  classes,
  GROUP,
  groups,
  paddedInputs,
  rowStride,
  scaledWeights,
  SCORE_STRIDE,
  scoreStarts,
} from "./setup";
import { chunkStride, fourScores, ownBiases, paddedClasses } from "./scratch";
import { scoreTile } from "./tiles";

// @ts-ignore: decorator
@inline
export function firstInput(chunk: usize): usize {
  return chunk * chunkInputs;
}

// @ts-ignore: decorator
@inline
export function inputsIn(chunk: usize): usize {
  return min(chunkInputs, paddedInputs - firstInput(chunk));
}

/** Where weights or sums of a group's inputs from `input` (a multiple of 4) on lie in `base`. */
// @ts-ignore: decorator
@inline
export function tilesAt(base: usize, group: usize, input: usize): usize {
  return base + (group * paddedInputs + input) * (GROUP * 4);
}

/** Where a chunk's scores of class k start from, `[4]`; those of the next classes follow. */
// @ts-ignore: decorator
@inline
export function startsAt(chunk: usize, k: usize): usize {
  return scoreStarts + (chunk * paddedClasses + k) * 16;
}

/**
 * A chunk's part of the scores of `rows` rows of `images`, to `partials`. Where `rows` is odd, one more row is read
 * and written.
 */
export function scoreChunk(chunk: usize, images: usize, rows: usize, partials: usize): void {
  const first = firstInput(chunk);
  const count = inputsIn(chunk);
  // All rows by one group of weights, which stays in the core's first cache.
  for (let group: usize = 0; group < groups; group++) {
    const firstClass = group * GROUP;
    const v = tilesAt(scaledWeights, group, first);
    const starts = startsAt(chunk, firstClass);
    const scores = partials + chunk * chunkStride + firstClass * SCORE_STRIDE;
    for (let row: usize = 0; row < rows; row += 2) {
      scoreTile(images + row * rowStride + 2 * first, rowStride, v, count, starts, scores + 4 * row);
    }
  }
}

/** Scores of the rows `row` to `row + 3` to `fourScores`, chunks added in their order. */
export function addChunks(partials: usize, row: usize): void {
  for (let k: usize = 0; k < classes; k++) {
    let part = partials + k * SCORE_STRIDE + 4 * row;
    let sum = v128.load32_splat(ownBiases + 4 * k);
    for (let chunk: usize = 0; chunk < chunks; chunk++) {
      sum = f32x4.add(sum, v128.load(part));
      part += chunkStride;
    }
    v128.store(fourScores + 16 * k, sum);
  }
}

export function copyBiases(): void {
  memory.copy(ownBiases, biases, classes * 4);
}
