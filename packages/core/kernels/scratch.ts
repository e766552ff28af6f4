// A thread's own room. The host lays out as many bytes as `layout.ts` counts for it, in this order.
import { BLOCK_ROWS, chunks, EVALUATION_ROWS, GROUP, groups, rowStride, SCORE_STRIDE, scratch } from "./setup";

/** Sums of 8 inputs x 5 classes take 160 bytes: rounded up to whole cache lines. */
const TILE_BYTES: usize = 192;

export let paddedClasses: usize = 0;
/** `dl/ds` of a block, `[BLOCK_ROWS][padded classes]` float32; padding stays 0. */
export let scoreGradients: usize = 0;
/** Bytes from one row of `scoreGradients` to the next. */
export let gradientStride: usize = 0;
/** Scores of four rows, `[padded classes][4]` float32. */
export let fourScores: usize = 0;
/** What a loss makes of `fourScores`: probabilities or gradients, `[padded classes][4]` float32. */
export let fourResults: usize = 0;
/** Sums of `dl/ds` over a batch, `[padded classes][4]` float32 of which the lanes are to be added. */
export let gradientTotals: usize = 0;
/** The same with the lanes added and each sum in all four. */
export let updateTotals: usize = 0;
/** This thread's copy of b, `[padded classes]` float32: every thread updates its own by the same sums. */
export let ownBiases: usize = 0;
/** Labels of a block, int32. */
export let blockLabels: usize = 0;
/** Losses of four rows, float32. */
export let fourLosses: usize = 0;
/** Room for a word on its way to a register. */
export let word: usize = 0;
/** Gradient sums of a tile from which a batch starts, always 0, `[2][5][4]` float32. */
export let zeroTile: usize = 0;
/** Gradient sums of a tile with which a batch ends. */
export let lastTile: usize = 0;
/** For evaluation: `[EVALUATION_ROWS]` rows of int16 images, `rowStride` bytes apart. */
export let ownImages: usize = 0;
/** For evaluation: partial scores like `partialScores`. */
export let ownPartialScores: usize = 0;

/** Bytes from one chunk of partial scores to the next, and of all chunks. */
export let chunkStride: usize = 0;
export let partialBytes: usize = 0;

/** After `setup.ts` is configured. Gives the bytes that all of it takes. */
export function layOutScratch(): usize {
  paddedClasses = groups * GROUP;
  gradientStride = paddedClasses * 4;
  chunkStride = paddedClasses * SCORE_STRIDE;
  partialBytes = chunks * chunkStride;

  scoreGradients = scratch;
  fourScores = scoreGradients + BLOCK_ROWS * gradientStride;
  fourResults = fourScores + paddedClasses * 16;
  gradientTotals = fourResults + paddedClasses * 16;
  updateTotals = gradientTotals + paddedClasses * 16;
  ownBiases = updateTotals + paddedClasses * 16;
  blockLabels = ownBiases + paddedClasses * 4;
  fourLosses = blockLabels + BLOCK_ROWS * 4;
  word = fourLosses + 16;
  zeroTile = fourLosses + 64;
  lastTile = zeroTile + TILE_BYTES;
  ownImages = lastTile + TILE_BYTES;
  ownPartialScores = ownImages + EVALUATION_ROWS * rowStride;
  return ownPartialScores + partialBytes - scratch;
}
