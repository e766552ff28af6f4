// What one engine computes with: sizes, and where its arrays lie in the memory that its threads share. Every thread
// has an instance of this module, configured with the same table once, before its first job.

/** Classes that a tile handles at once. Scores, weights and gradients are padded to a multiple of it. */
export const GROUP: usize = 5;
/** Rows of a batch that are in the works at once. Larger batches come in blocks of so many. */
export const BLOCK_ROWS: usize = 128;
/** Rows that a thread evaluates at once. */
export const EVALUATION_ROWS: usize = 32;
/**
 * Bytes from one class's partial scores to the next: a float32 for each row of a block, and a cache line more, so that
 * the classes and chunks of one row don't fall on the same few sets of the first cache.
 */
export const SCORE_STRIDE: usize = BLOCK_ROWS * 4 + 64;

export const SOFTMAX: u32 = 0;
export const BCE: u32 = 1;
export const SVM: u32 = 2;

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

/** `table` holds uint32 values in the order in which they are read here; the host writes it in the same order. */
export function setUp(table: usize, threadNumber: usize): void {
  thread = threadNumber;
  threads = load<u32>(table);
  inputs = load<u32>(table, 4);
  paddedInputs = load<u32>(table, 8);
  classes = load<u32>(table, 12);
  groups = load<u32>(table, 16);
  chunkInputs = load<u32>(table, 20);
  chunks = load<u32>(table, 24);
  width = load<u32>(table, 28);
  loss = load<u32>(table, 32);
  wholeMeans = load<u32>(table, 36);
  meanRests = load<u32>(table, 40);
  deviations = load<u32>(table, 44);
  scales = load<u32>(table, 48);
  squaredScales = load<u32>(table, 52);
  weights = load<u32>(table, 56);
  biases = load<u32>(table, 60);
  scaledWeights = load<u32>(table, 64);
  gradientSums = load<u32>(table, 68);
  scoreStarts = load<u32>(table, 72);
  partialScores = load<u32>(table, 76);
  blockImages = load<u32>(table, 80);
  rowStride = load<u32>(table, 84);
  scratch = <usize>load<u32>(table, 88) + threadNumber * <usize>load<u32>(table, 92);
  job = load<u32>(table, 96);
  barrierWords = load<u32>(table, 100);
}
