// Training: updates by each batch of a job in turn. A thread owns some chunks of the inputs, of images and weights
// alike: their part of the scores, their gradient and their update, so no two threads add to one number. What all
// of them need, the gradient with respect to the scores, is little work, and each makes it for itself: so they meet
// only once a block of rows.
import { meet } from "./barrier";
import {
  batchSize,
  flips,
  images,
  labels,
  lambda,
  learningRates,
  losses,
  noiseKeys,
  order,
  rowCount,
  setLossSum,
} from "./job";
import { differentiateFour } from "./losses";
import { addNoise } from "./noise";
import { exportWeights, importWeights, sumStarts } from "./parameters";
import { addChunks, copyBiases, firstInput, inputsIn, scoreChunk, startsAt, tilesAt } from "./scores";
import {
  blockLabels,
  fourLosses,
  fourResults,
  gradientStride,
  gradientTotals,
  lastTile,
  ownBiases,
  paddedClasses,
  partialBytes,
  scoreGradients,
  zeroTile,
} from "./scratch";
import {
  biases,
  BLOCK_ROWS,
  blockImages,
  chunks,
  classes,
  GROUP,
  gradientSums,
  groups,
  inputs,
  partialScores,
  rowStride,
  scaledWeights,
  thread,
  threads,
} from "./setup";
import { gradientTile } from "./tiles";
import { beginUpdate, updateBiases, updateTile } from "./update";
import { FETCHED_AT_ONCE, fetch, widen, widenMirrored } from "./widen";

// @ts-ignore: decorator
@inline
function firstChunk(): usize {
  return (thread * chunks) / threads;
}

// @ts-ignore: decorator
@inline
function endChunk(): usize {
  return ((thread + 1) * chunks) / threads;
}

/** Takes over the weights of this thread's chunks from W. */
export function importOwnWeights(): void {
  for (let chunk = firstChunk(); chunk < endChunk(); chunk++) importWeights(chunk);
}

/** Takes over the scaled weights of this thread's chunks, which the host has put there. */
export function adoptOwnWeights(): void {
  for (let chunk = firstChunk(); chunk < endChunk(); chunk++) {
    sumStarts(chunk);
    exportWeights(chunk);
  }
}

export function train(): void {
  copyBiases();
  let batch: usize = 0;
  let first: usize = 0;
  let rows = rowsFrom(first);
  let partials = partialScores;
  score(first, rows, partials);
  while (true) {
    // W stays that of the job before.
    if (!meet()) return;
    differentiate(first, rows, partials);
    first += rows;
    descend(first - rows, rows, batch);
    if (first == endOf(batch)) batch++;
    if (first == rowCount()) break;
    rows = rowsFrom(first);
    // Others may still read the partial scores of this block while the next one's are written.
    partials = partials == partialScores ? partialScores + partialBytes : partialScores;
    score(first, rows, partials);
  }
  for (let chunk = firstChunk(); chunk < endChunk(); chunk++) exportWeights(chunk);
  if (thread == 0) memory.copy(biases, ownBiases, classes * 4);
  if (meet() && thread == 0) setLossSum(sumLosses());
}

/** In the order of the rows, so that it is the same for any number of threads. */
function sumLosses(): f64 {
  let sum: f64 = 0;
  for (let row: usize = 0; row < rowCount(); row++) sum += load<f32>(losses() + 4 * row);
  return sum;
}

/** One past the last row of a batch. */
function endOf(batch: usize): usize {
  return min((batch + 1) * batchSize(), rowCount());
}

/** Rows of the block that starts at `first`: no block has rows of two batches. */
function rowsFrom(first: usize): usize {
  return min(endOf(first / batchSize()) - first, BLOCK_ROWS);
}

/** Widens this thread's inputs of a block, and makes their part of its scores. */
function score(first: usize, rows: usize, partials: usize): void {
  if (firstChunk() == endChunk()) return readLabels(first, rows);
  const firstOwn = firstInput(firstChunk());
  const endOwn = firstInput(endChunk() - 1) + inputsIn(endChunk() - 1);
  for (let row: usize = 0; row < rows; row++) {
    if (row % FETCHED_AT_ONCE == 0) fetchRows(first + row, first + min(row + FETCHED_AT_ONCE, rows), firstOwn, endOwn);
    const image = imageOf(first + row);
    const target = blockImages + row * rowStride;
    if (flips() != 0 && load<u8>(flips() + first + row) != 0) widenMirrored(image, target, firstOwn, endOwn);
    else widen(image, target, firstOwn, endOwn);
    if (noiseKeys() != 0) addNoise(target, first + row, firstOwn, endOwn);
  }
  readLabels(first, rows);
  for (let chunk = firstChunk(); chunk < endChunk(); chunk++) scoreChunk(chunk, blockImages, rows, partials);
}

// @ts-ignore: decorator
@inline
function imageOf(row: usize): usize {
  return images() + <usize>load<u32>(order() + 4 * row) * inputs;
}

function fetchRows(row: usize, end: usize, firstInput: usize, endInput: usize): void {
  for (; row < end; row++) fetch(imageOf(row), firstInput, endInput);
}

function readLabels(first: usize, rows: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    const image = <usize>load<u32>(order() + 4 * (first + row));
    store<i32>(blockLabels + 4 * row, load<u8>(labels() + image));
  }
}

/** `dl/ds` of a block, and the losses of this thread's share of its rows. */
function differentiate(first: usize, rows: usize, partials: usize): void {
  for (let row: usize = 0; row < rows; row += 4) {
    addChunks(partials, row);
    const present = min(rows - row, 4);
    const live = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(<i32>present));
    const fourth = differentiateFour(v128.load(blockLabels + 4 * row), live);
    if ((row / 4) % threads == thread) {
      v128.store(fourLosses, fourth);
      memory.copy(losses() + 4 * (first + row), fourLosses, 4 * present);
    }
    const target = scoreGradients + row * gradientStride;
    for (let k: usize = 0; k < classes; k++) {
      const gradient = v128.load(fourResults + 16 * k);
      const totals = gradientTotals + 16 * k;
      v128.store(totals, f32x4.add(v128.load(totals), gradient));
      v128.store32_lane(target + 4 * k, gradient, 0);
      v128.store32_lane(target + 4 * k + gradientStride, gradient, 1);
      v128.store32_lane(target + 4 * k + 2 * gradientStride, gradient, 2);
      v128.store32_lane(target + 4 * k + 3 * gradientStride, gradient, 3);
    }
  }
}

/**
 * Adds the gradient of a block, the rows from `first` on, to this thread's sums, and updates its weights at the end
 * of a batch. The sums of a batch of one block never leave the first cache.
 */
function descend(first: usize, rows: usize, batch: usize): void {
  const firstOfBatch = batch * batchSize();
  const batchRows = endOf(batch) - firstOfBatch;
  const starts = first == firstOfBatch;
  const ends = first + rows == endOf(batch);
  const learningRate = load<f64>(learningRates() + 8 * batch);
  if (ends) beginUpdate(batchRows, learningRate, lambda());
  for (let chunk = firstChunk(); chunk < endChunk(); chunk++) {
    if (ends) memory.fill(startsAt(chunk, 0), 0, paddedClasses * 16);
    const end = firstInput(chunk) + inputsIn(chunk);
    for (let input = firstInput(chunk); input < end; input += 8) {
      for (let group: usize = 0; group < groups; group++) {
        const sums = tilesAt(gradientSums, group, input);
        const from = starts ? zeroTile : sums;
        const to = ends ? lastTile : sums;
        const gradients = scoreGradients + group * (GROUP * 4);
        gradientTile(blockImages + 2 * input, rowStride, rows, gradients, gradientStride, from, to);
        if (ends) updateTile(input, group, to, tilesAt(scaledWeights, group, input), startsAt(chunk, group * GROUP));
      }
    }
  }
  if (ends) updateBiases(batchRows, learningRate);
}
