// The fixed shape of what is computed. The order of all additions follows from it, whatever the vectors and the number
// of threads: so it is part of what results depend on.
#ifndef SHAPE_H
#define SHAPE_H

/** Floats that are added up side by side. */
#define LANES 16
/** Classes of a group: scores, weights and gradients are padded to whole groups. */
#define GROUP 10
/** Floats of one group of classes at LANES inputs: `[GROUP][LANES]`. */
#define TILE (GROUP * LANES)
/** Inputs are padded to a multiple of it, and chunks are multiples of it: two vectors of any width. */
#define INPUT_UNIT 32
/** Rows of a batch that are in the works at once. Larger batches come in blocks of so many. */
#define BLOCK_ROWS 128
/** Rows that a thread evaluates at once. */
#define EVALUATION_ROWS 32
/** Sums of a tile, two rows by a group of classes, in a place of whole cache lines. */
#define PAIR_SUMS 32
/**
 * Inputs are cut into at most so many chunks, whatever the number of threads, so that sums are the same for all. A
 * chunk of CIFAR's inputs, with its weights 15 KB, stays in a core's first cache.
 */
#define MOST_CHUNKS 8
#define MOST_THREADS 16
#endif
