// Training: updates by each batch of a job in turn. A thread owns some chunks of the inputs, of images and weights
// alike: their part of the scores, their gradient and their update, so no two threads add to one number. What all of
// them need, the gradient with respect to the scores, is little work, and each makes it for itself: so they meet only
// once a block of rows.
#ifndef TRAIN_H
#define TRAIN_H
#include "engine.h"
#include "images.h"
#include "losses.h"
#include "parameters.h"
#include "scores.h"
#include "update.h"

/** Rows of one batch that are in the works at once: `first` to `first + rows - 1` of the job. */
typedef struct {
  size_t first, rows, batch;
  /** Whether they are the first and the last of their batch. */
  bool starts, ends;
} block;

/** A thread, and its inputs. */
typedef struct {
  engine *engine;
  scratch *own;
  size_t thread, first_chunk, end_chunk, first_input, end_input;
  bool is_wide;
} trainer;

static size_t end_of_batch(const job *job, size_t batch) {
  return smallest((batch + 1) * job->batch_size, job->rows);
}

/** The block that starts at a row. No block has rows of two batches. */
static block block_from(const job *job, size_t first) {
  size_t batch = first / job->batch_size;
  size_t end = end_of_batch(job, batch);
  size_t rows = smallest(end - first, BLOCK_ROWS);
  return (block){first, rows, batch, first == batch * job->batch_size, first + rows == end};
}

/** Where the images of a block lie, and for the places up to BLOCK_ROWS that of its last. */
static void look_up(const engine *engine, block block, const uint8_t **images) {
  const job *job = &engine->job;
  for (size_t row = 0; row < BLOCK_ROWS; row++) {
    size_t place = block.first + smallest(row, block.rows - 1);
    images[row] = job->images + (size_t)job->order[place] * engine->inputs;
  }
}

/** Lays out this thread's inputs of a block, and makes their part of its scores. */
INLINE void score_block_as(const trainer *trainer, block block, partial_scores partial, bool is_wide) {
  engine *engine = trainer->engine;
  scratch *own = trainer->own;
  const job *job = &engine->job;
  for (size_t row = 0; row < block.rows; row++) {
    size_t place = block.first + row;
    own->labels[row] = job->labels[job->order[place]];
    if (trainer->first_chunk == trainer->end_chunk) continue;
    bool is_mirrored = job->flips != NULL && job->flips[place] != 0;
    const uint32_t *keys = is_wide ? job->noise_keys + 2 * place : NULL;
    lay_out_image(engine, own, own->rows + row * own->stride, own->images[row], trainer->first_input,
                  trainer->end_input, is_mirrored, keys);
  }
  for (size_t chunk = trainer->first_chunk; chunk < trainer->end_chunk; chunk++) {
    size_t before = first_input(engine, chunk) - trainer->first_input;
    score_chunk(engine, chunk, own->rows + (is_wide ? 2 : 1) * before, own->stride, block.rows, partial, NULL,
                is_wide);
  }
}

static void score_block(const trainer *trainer, block block, partial_scores partial) {
  if (trainer->is_wide) score_block_as(trainer, block, partial, true);
  else score_block_as(trainer, block, partial, false);
}

/** `dl/ds` of LANES rows from `row` on, and the losses of those that this thread answers for. */
static void differentiate_rows(const trainer *trainer, block block, size_t row) {
  const engine *engine = trainer->engine;
  scratch *own = trainer->own;
  _Alignas(64) float losses[LANES];
  for (size_t lane = 0; lane < LANES; lane += WIDTH) {
    loss_rows rows = {own->scores + lane, own->results + lane, engine->classes, engine->loss};
    ivec live;
    for (size_t at = 0; at < WIDTH; at++) live[at] = row + lane + at < block.rows ? -1 : 0;
    store(losses + lane, differentiate_rows_of(&rows, load_integers(own->labels + row + lane), live));
  }
  if (row / LANES % engine->threads == trainer->thread) {
    size_t present = smallest(block.rows - row, LANES);
    memcpy(engine->job.losses + block.first + row, losses, present * sizeof(float));
  }
  for (size_t k = 0; k < engine->classes; k++) {
    for (size_t lane = 0; lane < LANES; lane += WIDTH) {
      float *sums = own->gradient_lanes + k * LANES + lane;
      store(sums, load(sums) + load(own->results + k * LANES + lane));
    }
  }
  float *gradients = own->score_gradients + row * engine->padded_classes;
  for (size_t lane = 0; lane < LANES; lane++, gradients += engine->padded_classes) {
    for (size_t k = 0; k < engine->classes; k++) gradients[k] = own->results[k * LANES + lane];
  }
}

static void differentiate(const trainer *trainer, block block, partial_scores partial) {
  for (size_t row = 0; row < block.rows; row += LANES) {
    add_chunks(trainer->engine, trainer->own, partial, row);
    differentiate_rows(trainer, block, row);
  }
}

/**
 * Adds the gradient of a block to this thread's sums, and updates its weights at the end of a batch. The sums of a
 * batch of one block never leave the first cache.
 */
INLINE void descend_as(const trainer *trainer, block block, update update, bool is_wide) {
  static const float zeros[2 * TILE];
  _Alignas(64) float last[2 * TILE];
  engine *engine = trainer->engine;
  scratch *own = trainer->own;
  /** From a tile's first vector of inputs to its second. */
  const size_t second = WIDTH == LANES ? TILE : WIDTH;
  for (size_t input = trainer->first_input; input < trainer->end_input; input += 2 * WIDTH) {
    const uint8_t *z = own->rows + (is_wide ? 2 : 1) * (input - trainer->first_input);
    for (size_t k = 0; k < engine->padded_classes; k += TILE_CLASSES) {
      size_t at = tile_at(engine, k / GROUP, input - input % LANES) + k % GROUP * LANES + input % LANES;
      float *sums = engine->gradient_sums + at;
      const float *from = block.starts ? zeros : sums;
      float *to = block.ends ? last : sums;
      gradient_tile(z, own->stride, block.rows, engine->means + input, own->score_gradients + k,
                    engine->padded_classes, from, to, second, own->next_images, input, is_wide);
      if (!block.ends) continue;
      float *v = engine->scaled_weights + at;
      update_tile(v, last, engine->squared_scales + input, update);
      update_tile(v + second, last + second, engine->squared_scales + input + WIDTH, update);
    }
  }
}

static void descend(const trainer *trainer, block block) {
  const job *job = &trainer->engine->job;
  size_t batch_rows = end_of_batch(job, block.batch) - block.batch * job->batch_size;
  update update = begin_update(batch_rows, job->learning_rates[block.batch], job->lambda);
  if (trainer->is_wide) descend_as(trainer, block, update, true);
  else descend_as(trainer, block, update, false);
  if (block.ends) update_biases(trainer->engine, trainer->own, update);
}

static trainer trainer_of(engine *engine, size_t thread) {
  trainer trainer = {
      .engine = engine,
      .own = &engine->scratch[thread],
      .thread = thread,
      .first_chunk = first_chunk(engine, thread),
      .end_chunk = first_chunk(engine, thread + 1),
      .is_wide = engine->job.noise_keys != NULL,
  };
  trainer.first_input = first_input(engine, trainer.first_chunk);
  trainer.end_input = first_input(engine, trainer.end_chunk);
  return trainer;
}

/** Each thread's view of the two halves of the partial scores: others may still read one while the next is written. */
static partial_scores partials_of(const engine *engine, size_t parity) {
  size_t size = engine->chunks * engine->groups * (BLOCK_ROWS / 2) * PAIR_SUMS;
  return (partial_scores){engine->partial_scores + parity * size, BLOCK_ROWS / 2};
}

static void train(engine *engine, size_t thread) {
  trainer trainer = trainer_of(engine, thread);
  scratch *own = trainer.own;
  const job *job = &engine->job;
  size_t own_bytes = (trainer.is_wide ? 2 : 1) * (trainer.end_input - trainer.first_input);
  // An odd number of cache lines, so that the same input of many rows doesn't fall on the same few sets of a cache.
  own->stride = round_up(own_bytes, 2 * CACHE_LINE) + CACHE_LINE;
  memcpy(own->biases, engine->biases, engine->classes * sizeof(float));
  memset(own->gradient_lanes, 0, engine->padded_classes * LANES * sizeof(float));
  size_t parity = 0;
  block current = block_from(job, 0);
  look_up(engine, current, own->images);
  score_block(&trainer, current, partials_of(engine, parity));
  while (true) {
    // W stays that of the job before.
    if (!pool_meet(engine->pool)) return;
    differentiate(&trainer, current, partials_of(engine, parity));
    size_t next = current.first + current.rows;
    bool is_last = next == job->rows;
    block following = is_last ? current : block_from(job, next);
    look_up(engine, following, own->next_images);
    descend(&trainer, current);
    if (is_last) break;
    const uint8_t **images = own->images;
    own->images = own->next_images;
    own->next_images = images;
    current = following;
    parity = 1 - parity;
    score_block(&trainer, current, partials_of(engine, parity));
  }
  export_weights(engine, trainer.first_input, trainer.end_input);
  if (thread == 0) memcpy(engine->biases, own->biases, engine->classes * sizeof(float));
  if (!pool_meet(engine->pool) || thread != 0) return;
  // In the order of the rows, so that it is the same for any number of threads.
  double sum = 0;
  for (size_t row = 0; row < job->rows; row++) sum += job->losses[row];
  engine->job.loss_sum = sum;
}
#endif
