// A thread's own room. The host lays out as many bytes as `scratchBytes` of `layout.ts` counts, in this order.
import { BLOCK_ROWS, chunks, EVALUATION_ROWS, GROUP, groups, rowStride, SCORE_STRIDE, scratch } from "./setup";

/** Sums of 8 inputs x 5 classes take 160 bytes: rounded up to whole cache lines. */
const TILE_BYTES: usize = 192;

// @ts-ignore: decorator
@inline
export function paddedClasses(): usize {
  return groups * GROUP;
}

/** `dl/ds` of a block, `[BLOCK_ROWS][padded classes]` float32; padding stays 0. */
// @ts-ignore: decorator
@inline
export function scoreGradients(): usize {
  return scratch;
}

/** Bytes from one row of `scoreGradients` to the next. */
// @ts-ignore: decorator
@inline
export function gradientStride(): usize {
  return paddedClasses() * 4;
}

/** Scores of four rows, `[padded classes][4]` float32. */
// @ts-ignore: decorator
@inline
export function fourScores(): usize {
  return scoreGradients() + BLOCK_ROWS * gradientStride();
}

/** What a loss makes of `fourScores`: probabilities or gradients, `[padded classes][4]` float32. */
// @ts-ignore: decorator
@inline
export function fourResults(): usize {
  return fourScores() + paddedClasses() * 16;
}

/** Sums of `dl/ds` over a batch, `[padded classes][4]` float32 of which the lanes are to be added. */
// @ts-ignore: decorator
@inline
export function gradientTotals(): usize {
  return fourResults() + paddedClasses() * 16;
}

/** The same with the lanes added and each sum in all four. */
// @ts-ignore: decorator
@inline
export function updateTotals(): usize {
  return gradientTotals() + paddedClasses() * 16;
}

/** This thread's copy of b, `[padded classes]` float32: every thread updates its own by the same sums. */
// @ts-ignore: decorator
@inline
export function ownBiases(): usize {
  return updateTotals() + paddedClasses() * 16;
}

/** Labels of a block, int32. */
// @ts-ignore: decorator
@inline
export function blockLabels(): usize {
  return ownBiases() + paddedClasses() * 4;
}

/** Losses of four rows, float32. */
// @ts-ignore: decorator
@inline
export function fourLosses(): usize {
  return blockLabels() + BLOCK_ROWS * 4;
}

/** Gradient sums of a tile from which a batch starts, always 0, `[2][5][4]` float32. */
// @ts-ignore: decorator
@inline
export function zeroTile(): usize {
  return fourLosses() + 64;
}

/** Gradient sums of a tile with which a batch ends. */
// @ts-ignore: decorator
@inline
export function lastTile(): usize {
  return zeroTile() + TILE_BYTES;
}

/** Rows of int16 of its own, for evaluation. */
// @ts-ignore: decorator
@inline
export function ownImages(): usize {
  return lastTile() + TILE_BYTES;
}

/** Partial scores of its own, `[chunk][padded classes][BLOCK_ROWS]`, for evaluation. */
// @ts-ignore: decorator
@inline
export function ownPartialScores(): usize {
  return ownImages() + EVALUATION_ROWS * rowStride;
}

/** Bytes from one chunk of partial scores to the next. */
// @ts-ignore: decorator
@inline
export function chunkStride(): usize {
  return paddedClasses() * SCORE_STRIDE;
}

/** Bytes of partial scores of all chunks. */
// @ts-ignore: decorator
@inline
export function partialBytes(): usize {
  return chunks * chunkStride();
}
