// What one engine computes with: sizes, and where its arrays lie in the memory that its threads share. Every thread
// has an instance of this module, configured with the same table once, before its first job.
import * as Shape from "../src/engine/wasm/kernel-shape";
import * as Table from "../src/engine/wasm/table-words";

/** Classes that a tile handles at once. Scores, weights and gradients are padded to a multiple of it. */
export const GROUP: usize = Shape.GROUP;
/** Rows of a batch that are in the works at once. Larger batches come in blocks of so many. */
export const BLOCK_ROWS: usize = Shape.BLOCK_ROWS;
/** Rows that a thread evaluates at once. */
export const EVALUATION_ROWS: usize = Shape.EVALUATION_ROWS;
/**
 * Bytes from one class's partial scores to the next: a float32 for each row of a block, and a cache line more, so that
 * the classes and chunks of one row don't fall on the same few sets of the first cache.
 */
export const SCORE_STRIDE: usize = BLOCK_ROWS * 4 + 64;

export const SOFTMAX: u32 = Shape.SOFTMAX;
export const BCE: u32 = Shape.BCE;
export const SVM: u32 = Shape.SVM;

/** This thread's number, from 0. */
export let thread: usize = 0;
export let threads: usize = 1;
/** d, and d rounded up to a multiple of 16: the components that are padding have weights and scales of 0. */
export let inputs: usize = 0;
export let paddedInputs: usize = 0;
/** K, and the groups of classes that hold them. */
export let classes: usize = 0;
export let groups: usize = 0;
/** Inputs are summed chunk by chunk, whoever computes a chunk: so sums don't depend on the number of threads. */
export let chunkInputs: usize = 0;
export let chunks: usize = 0;
/** Pixels in a row of the image, for mirroring. */
export let width: usize = 0;
export let loss: u32 = SOFTMAX;

/** Of the training split, `paddedInputs` each: means rounded to whole bytes, int16, and what rounding left of them. */
export let wholeMeans: usize = 0;
export let meanRests: usize = 0;
/** Deviations; 1/deviation; and the square of that. Float32, and 0 for padding. */
export let deviations: usize = 0;
export let scales: usize = 0;
export let squaredScales: usize = 0;
/** W, `classes x inputs` float32, and b, `classes` float32: what the engine shows as its parameters. */
export let weights: usize = 0;
export let biases: usize = 0;
/** W times scales, which is what is trained, in the order in which tiles read it: `[group][input / 4][class in group][4]` float32. */
export let scaledWeights: usize = 0;
/** Sums of the gradient over the blocks of a batch that has several, in the same order. */
export let gradientSums: usize = 0;
/** `[chunk][class][4]` float32: minus the part of each score that the rests of the means make up. */
export let scoreStarts: usize = 0;
/** `[parity][chunk][class][BLOCK_ROWS]` float32, classes `SCORE_STRIDE` bytes apart: each chunk's part of the scores of a block. */
export let partialScores: usize = 0;
/** `[BLOCK_ROWS]` rows of int16 images less `wholeMeans`, `rowStride` bytes apart. */
export let blockImages: usize = 0;
export let rowStride: usize = 0;
/** This thread's own room: see `scratch.ts`. */
export let scratch: usize = 0;
/** See `job.ts` and `barrier.ts`. */
export let job: usize = 0;
export let barrierWords: usize = 0;

// @ts-ignore: decorator
@inline
function word(table: usize, index: i32): usize {
  return load<u32>(table + 4 * <usize>index);
}

/** `table` holds uint32 values, as table-words.ts says; the host writes it. */
export function setUp(table: usize, threadNumber: usize): void {
  thread = threadNumber;
  threads = word(table, Table.THREADS);
  inputs = word(table, Table.INPUTS);
  paddedInputs = word(table, Table.PADDED_INPUTS);
  classes = word(table, Table.CLASSES);
  groups = word(table, Table.GROUPS);
  chunkInputs = word(table, Table.CHUNK_INPUTS);
  chunks = word(table, Table.CHUNKS);
  width = word(table, Table.WIDTH);
  loss = <u32>word(table, Table.LOSS);
  wholeMeans = word(table, Table.WHOLE_MEANS);
  meanRests = word(table, Table.MEAN_RESTS);
  deviations = word(table, Table.DEVIATIONS);
  scales = word(table, Table.SCALES);
  squaredScales = word(table, Table.SQUARED_SCALES);
  weights = word(table, Table.WEIGHTS);
  biases = word(table, Table.BIASES);
  scaledWeights = word(table, Table.SCALED_WEIGHTS);
  gradientSums = word(table, Table.GRADIENT_SUMS);
  scoreStarts = word(table, Table.SCORE_STARTS);
  partialScores = word(table, Table.PARTIAL_SCORES);
  blockImages = word(table, Table.BLOCK_IMAGES);
  rowStride = word(table, Table.ROW_STRIDE);
  scratch = word(table, Table.SCRATCH) + threadNumber * word(table, Table.SCRATCH_BYTES);
  job = word(table, Table.JOB);
  barrierWords = word(table, Table.BARRIER);
}
