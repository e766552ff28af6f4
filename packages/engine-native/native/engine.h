// What one engine computes with: its sizes, its arrays, and the job that all of its threads do together.
#ifndef ENGINE_H
#define ENGINE_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "pool.h"
#include "shape.h"

typedef enum { SOFTMAX, BINARY_CROSS_ENTROPY, HINGE } loss_kind;
typedef enum { LOAD, ADOPT, TRAIN, EVALUATE } job_kind;

/** What a job reads and writes. Addresses are the host's arrays, which stand still until the job is done. */
typedef struct {
  job_kind kind;
  /** The split's images, one after another, and its labels. */
  const uint8_t *images;
  const uint8_t *labels;
  /** Rows to train on, or to evaluate. */
  size_t rows;
  /** One for each row. */
  float *losses;
  /** Training: the image of each row; 1 where it is mirrored, or NULL; two words of noise keys each, or NULL. */
  const uint32_t *order;
  const uint8_t *flips;
  const uint32_t *noise_keys;
  int32_t noise_amount;
  size_t batch_size;
  /** One for each batch of the job. */
  const double *learning_rates;
  double lambda;
  /** Training: what all rows' losses add up to. */
  double loss_sum;
  /** Evaluation: the split's first row to evaluate, and `[row][class]` probabilities. */
  size_t first_row;
  float *probabilities;
  /** Evaluation: rows that threads have taken so far. */
  atomic_size_t taken_rows;
} job;

/** A thread's own arrays. Padded to cache lines, so that no two threads write to one. */
typedef struct {
  /** A block's images, this thread's inputs of them, `stride` bytes apart: bytes, or numbers of 16 bits with noise. */
  uint8_t *rows;
  size_t stride;
  /** An image before its noise, and its noise, two numbers of 16 bits a word. */
  uint8_t *bytes;
  uint32_t *moves;
  /** Scores of LANES rows, and probabilities or `dl/ds`: `[padded classes][LANES]`. */
  float *scores, *results;
  /** `dl/ds` of a block, `[BLOCK_ROWS][padded classes]`; padding stays 0. */
  float *score_gradients;
  /** Sums of `dl/ds` over a batch, `[padded classes][LANES]`, and their lanes added, `[padded classes]`. */
  float *gradient_lanes;
  float *gradient_totals;
  /** This thread's copy of b, `[padded classes]`: every thread updates its own by the same sums. */
  float *biases;
  /** Of a block. */
  int32_t *labels;
  /** Where the images of this block and of the next lie. */
  const uint8_t **images;
  const uint8_t **next_images;
  /** Evaluation: as `partial_scores`, of EVALUATION_ROWS rows. */
  float *partial_scores;
  char *memory;
} scratch;

struct kernels;

typedef struct engine {
  size_t threads;
  /** d, and d rounded up to a multiple of INPUT_UNIT: components that are padding have weights and scales of 0. */
  size_t inputs, padded_inputs;
  /** K, the groups of classes that hold them, and the classes of all groups. */
  size_t classes, groups, padded_classes;
  size_t chunks, chunk_inputs;
  /** Pixels in a row of an image, for mirroring. */
  size_t width;
  loss_kind loss;

  /** Of the training split, `[padded inputs]`: means and deviations of bytes, 1 / deviation, and the square of that. */
  float *means, *deviations, *scales, *squared_scales;
  /** W, `[classes][inputs]`, and b, `[classes]`: the host's arrays, what the engine shows as its parameters. */
  float *weights, *biases;
  /** W times scales, which is what is trained: `[group][input / LANES][GROUP][LANES]`. */
  float *scaled_weights;
  /** Sums of the gradient over the blocks of a batch that has several, in the same order. */
  float *gradient_sums;
  /** `[parity][chunk][group][pair of rows][PAIR_SUMS]`: each chunk's part of the scores of a block. */
  float *partial_scores;
  char *memory;

  scratch scratch[MOST_THREADS];
  const struct kernels *kernels;
  job job;
  pool *pool;
} engine;

/** The kernels, compiled for one kind of vectors. */
typedef struct kernels {
  /** A thread's part of the engine's job. */
  void (*run)(engine *engine, size_t thread);
  /** For tests: `exp` or `log` of `count` floats, a multiple of LANES, in place. */
  void (*elementary)(bool is_log, float *values, size_t count);
} kernels;

static inline size_t smallest(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t round_up(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

/** Inputs of a chunk: `first_input(c)` to `first_input(c + 1) - 1`. */
static inline size_t first_input(const engine *engine, size_t chunk) {
  return smallest(chunk * engine->chunk_inputs, engine->padded_inputs);
}
/** Chunks of a thread: `first_chunk(t)` to `first_chunk(t + 1) - 1`. */
static inline size_t first_chunk(const engine *engine, size_t thread) {
  return thread * engine->chunks / engine->threads;
}
/** Where in an array of the order of `scaled_weights` a group's inputs from `input`, a multiple of LANES, on lie. */
static inline size_t tile_at(const engine *engine, size_t group, size_t input) {
  return (group * engine->padded_inputs + input) * GROUP;
}
/** Where class k's input j lies there. */
static inline size_t place_of(const engine *engine, size_t k, size_t j) {
  return tile_at(engine, k / GROUP, j - j % LANES) + k % GROUP * LANES + j % LANES;
}

/** Arrays of the engine's sizes, all 0; false where there is no memory. */
bool allocate_engine(engine *engine);
void free_engine(engine *engine);

/** The kernels for vectors of a name, or NULL where this processor has none such. */
const kernels *find_kernels(const char *name);
/** Names of the vectors that this processor has, the widest first, then NULL. The last, `portable`, are a last resort. */
const char *vectors_at(size_t index);
#endif
