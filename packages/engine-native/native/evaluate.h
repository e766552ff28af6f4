// Evaluation: probabilities and losses of rows of a split. Threads take some rows at a time, whoever is free.
#ifndef EVALUATE_H
#define EVALUATE_H
#include "engine.h"
#include "images.h"
#include "losses.h"
#include "scores.h"

/** Losses and probabilities of LANES rows, of which `present` are rows of the job, from its row `row` on. */
static void answer_rows(const engine *engine, scratch *own, const int32_t *labels, size_t row, size_t present) {
  const job *job = &engine->job;
  _Alignas(64) float losses[LANES];
  for (size_t lane = 0; lane < LANES; lane += WIDTH) {
    loss_rows rows = {own->scores + lane, own->results + lane, engine->classes, engine->loss};
    store(losses + lane, evaluate_rows_of(&rows, load_integers(labels + lane)));
  }
  memcpy(job->losses + row, losses, present * sizeof(float));
  float *probabilities = job->probabilities + row * engine->classes;
  for (size_t lane = 0; lane < present; lane++, probabilities += engine->classes) {
    for (size_t k = 0; k < engine->classes; k++) probabilities[k] = own->results[k * LANES + lane];
  }
}

/** Rows `first` to `first + rows - 1` of the job. */
static void evaluate_rows(const engine *engine, scratch *own, size_t first, size_t rows) {
  const job *job = &engine->job;
  partial_scores partial = {own->partial_scores, EVALUATION_ROWS / 2};
  const uint8_t *images = job->images + (job->first_row + first) * engine->inputs;
  size_t stride = engine->inputs;
  if (engine->padded_inputs != engine->inputs) {
    // The kernels read whole vectors: past the end of an image, and the last has nothing behind it.
    stride = round_up(engine->padded_inputs, CACHE_LINE);
    for (size_t row = 0; row < rows; row++) {
      memcpy(own->rows + row * stride, images + row * engine->inputs, engine->inputs);
    }
    images = own->rows;
  }
  for (size_t row = 0; row < rows; row++) own->labels[row] = job->labels[job->first_row + first + row];
  // Those that this thread is likely to take next, unless they are at the end, or were copied.
  size_t ahead = EVALUATION_ROWS * engine->threads;
  bool is_known = images != own->rows && first + ahead + EVALUATION_ROWS <= job->rows;
  for (size_t chunk = 0; chunk < engine->chunks; chunk++) {
    const uint8_t *inputs = images + first_input(engine, chunk);
    const uint8_t *next = is_known ? inputs + ahead * stride : NULL;
    score_chunk(engine, chunk, inputs, stride, rows, partial, next, false);
  }
  for (size_t row = 0; row < rows; row += LANES) {
    add_chunks(engine, own, partial, row);
    answer_rows(engine, own, own->labels + row, first + row, smallest(rows - row, LANES));
  }
}

static void evaluate(engine *engine, size_t thread) {
  scratch *own = &engine->scratch[thread];
  job *job = &engine->job;
  memcpy(own->biases, engine->biases, engine->classes * sizeof(float));
  while (!pool_is_abandoned(engine->pool)) {
    size_t first = atomic_fetch_add(&job->taken_rows, EVALUATION_ROWS);
    if (first >= job->rows) return;
    evaluate_rows(engine, own, first, smallest(EVALUATION_ROWS, job->rows - first));
  }
}
#endif
