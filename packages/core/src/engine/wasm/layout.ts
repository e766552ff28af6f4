// Where an engine's arrays lie in memory. The kernels read the table that this writes: see kernels/setup.ts.
import type { LossName } from "../../losses/names.ts";
import { BCE, BLOCK_ROWS, EVALUATION_ROWS, GROUP, SOFTMAX, SVM } from "./kernel-shape.ts";
import * as Table from "./table-words.ts";

/** Bytes, like all strides. */
const CACHE_LINE = 64;
const SCORE_STRIDE = BLOCK_ROWS * 4 + CACHE_LINE;
const TILE_BYTES = 192;

/**
 * Inputs are cut into at most so many chunks, whatever the number of threads, so that sums are the same for all. 16
 * suit 1, 2, 4, 8 and 16 threads, and CIFAR's chunks of 192 inputs (with their weights 8 KB) a core's first cache.
 */
const MOST_CHUNKS = 16;
/** A thread has at least a chunk. */
export const MOST_THREADS = MOST_CHUNKS;

const LOSS_CODES: Readonly<Record<LossName, number>> = { softmax: SOFTMAX, bce: BCE, svm: SVM };

export interface LayoutSizes {
  readonly threads: number;
  readonly inputs: number;
  readonly classes: number;
  /** Pixels in a row of an image. */
  readonly width: number;
  readonly loss: LossName;
  /** Images that one job may train on. */
  readonly trainingRows: number;
  /** Rows that one job may evaluate. */
  readonly evaluationRows: number;
  /** Images' bytes that have to be copied in, and all labels. */
  readonly copiedBytes: number;
}

export interface EvaluationLayout {
  readonly losses: number;
  readonly probabilities: number;
}

/** Byte addresses; `end` is one past the last. */
export interface Layout {
  readonly chunks: number;
  /** Of `GROUP` classes, the last of them padded. */
  readonly groups: number;
  readonly paddedInputs: number;
  readonly table: number;
  readonly job: number;
  readonly barrier: number;
  readonly wholeMeans: number;
  readonly meanRests: number;
  readonly deviations: number;
  readonly scales: number;
  readonly squaredScales: number;
  readonly weights: number;
  readonly biases: number;
  readonly scaledWeights: number;
  readonly order: number;
  readonly flips: number;
  readonly noiseKeys: number;
  readonly learningRates: number;
  readonly losses: number;
  /** Two, taken in turn: one is read while the other is written. */
  readonly evaluations: readonly [EvaluationLayout, EvaluationLayout];
  readonly copies: number;
  /** A thread's own scratch memory. */
  readonly scratchBytes: number;
  readonly end: number;
  /** What the kernels' `setUp` reads, uint32. */
  readonly tableValues: readonly number[];
}

/** `start` is a multiple of 64. */
export function layOut(start: number, sizes: LayoutSizes): Layout {
  const { threads, inputs, classes, trainingRows, evaluationRows } = sizes;
  const paddedInputs = roundUp(inputs, 16);
  const chunkInputs = roundUp(paddedInputs / MOST_CHUNKS, 16);
  const chunks = Math.ceil(paddedInputs / chunkInputs);
  const groups = Math.ceil(classes / GROUP);
  const paddedClasses = groups * GROUP;
  // An odd number of cache lines, so that the same input of many rows doesn't fall on the same few sets of a cache.
  const rowStride = roundUp(2 * paddedInputs, 2 * CACHE_LINE) + CACHE_LINE;
  const partialBytes = chunks * paddedClasses * SCORE_STRIDE;
  const scratchBytes = roundUp(
    BLOCK_ROWS * paddedClasses * 4 +
      4 * paddedClasses * 16 +
      paddedClasses * 4 +
      BLOCK_ROWS * 4 +
      CACHE_LINE +
      2 * TILE_BYTES +
      EVALUATION_ROWS * rowStride +
      partialBytes,
    CACHE_LINE,
  );

  let end = start;
  function take(bytes: number): number {
    const address = end;
    end = roundUp(end + bytes, CACHE_LINE);
    return address;
  }
  const evaluation = (): EvaluationLayout => ({
    losses: take(evaluationRows * 4),
    probabilities: take(evaluationRows * classes * 4),
  });
  const tableBytes = Table.COUNT * 4;
  const addresses = {
    table: take(tableBytes),
    job: take(2 * CACHE_LINE),
    barrier: take(6 * CACHE_LINE),
    wholeMeans: take(paddedInputs * 2),
    meanRests: take(paddedInputs * 4),
    deviations: take(paddedInputs * 4),
    scales: take(paddedInputs * 4),
    squaredScales: take(paddedInputs * 4),
    weights: take(classes * inputs * 4),
    biases: take(classes * 4),
    order: take(trainingRows * 4),
    flips: take(trainingRows),
    noiseKeys: take(trainingRows * 8),
    learningRates: take(trainingRows * 8),
    losses: take(trainingRows * 4),
    evaluations: [evaluation(), evaluation()] as const,
    copies: take(sizes.copiedBytes + 16),
  };
  const scaledWeights = take(paddedClasses * paddedInputs * 4);
  const gradientSums = take(paddedClasses * paddedInputs * 4);
  const scoreStarts = take(chunks * paddedClasses * 16);
  const partialScores = take(2 * partialBytes);
  const blockImages = take(BLOCK_ROWS * rowStride);
  const scratch = take(threads * scratchBytes);
  return {
    ...addresses,
    scaledWeights,
    scratchBytes,
    chunks,
    groups,
    paddedInputs,
    end,
    tableValues: wordsOf({
      [Table.THREADS]: threads,
      [Table.INPUTS]: inputs,
      [Table.PADDED_INPUTS]: paddedInputs,
      [Table.CLASSES]: classes,
      [Table.GROUPS]: groups,
      [Table.CHUNK_INPUTS]: chunkInputs,
      [Table.CHUNKS]: chunks,
      [Table.WIDTH]: sizes.width,
      [Table.LOSS]: LOSS_CODES[sizes.loss],
      [Table.WHOLE_MEANS]: addresses.wholeMeans,
      [Table.MEAN_RESTS]: addresses.meanRests,
      [Table.DEVIATIONS]: addresses.deviations,
      [Table.SCALES]: addresses.scales,
      [Table.SQUARED_SCALES]: addresses.squaredScales,
      [Table.WEIGHTS]: addresses.weights,
      [Table.BIASES]: addresses.biases,
      [Table.SCALED_WEIGHTS]: scaledWeights,
      [Table.GRADIENT_SUMS]: gradientSums,
      [Table.SCORE_STARTS]: scoreStarts,
      [Table.PARTIAL_SCORES]: partialScores,
      [Table.BLOCK_IMAGES]: blockImages,
      [Table.ROW_STRIDE]: rowStride,
      [Table.SCRATCH]: scratch,
      [Table.SCRATCH_BYTES]: scratchBytes,
      [Table.JOB]: addresses.job,
      [Table.BARRIER]: addresses.barrier,
    }),
  };
}

/** By index: of an object the keys that are whole numbers come in ascending order. */
function wordsOf(values: Readonly<Record<number, number>>): readonly number[] {
  return Object.values(values);
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
