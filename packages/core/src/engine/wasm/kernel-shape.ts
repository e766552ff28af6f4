// Sizes and codes that host and kernels have in common. TypeScript and AssemblyScript (kernels/setup.ts) both read this file.

/** Classes that are computed together. */
export const GROUP = 5;
/** Rows of a batch that are in the works at once. */
export const BLOCK_ROWS = 128;
/** Rows that a thread evaluates at once. */
export const EVALUATION_ROWS = 32;

/** Losses. */
export const SOFTMAX = 0;
export const BCE = 1;
export const SVM = 2;
