// What the host asks for: which word of 4 bytes of a job holds what, see kernels/job.ts, and the kinds of jobs. TypeScript and
// AssemblyScript both read this file.
/** One of the kinds below. */
export const KIND = 0;
export const IMAGES = 1;
export const LABELS = 2;
export const ROWS = 3;
export const LOSSES = 4;
export const ORDER = 5;
export const FLIPS = 6;
export const BATCH_SIZE = 7;
export const LEARNING_RATES = 8;
export const FIRST_ROW = 9;
export const PROBABILITIES = 10;
export const TAKEN_ROWS = 11;
/** Two words, float64. */
export const LAMBDA = 12;
/** Two words, float64. */
export const LOSS_SUM = 14;
export const NOISE_KEYS = 16;
export const NOISE_AMOUNT = 17;
/** Words in all. */
export const COUNT = 18;

/** Kinds: take over W; train; evaluate; take over scaled weights, which the host has put there. */
export const LOAD = 1;
export const TRAIN = 2;
export const EVALUATE = 3;
export const ADOPT = 4;
