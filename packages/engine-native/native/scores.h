// Scores `s = W x + b`: chunk by chunk in the first place, then added up.
#ifndef SCORES_H
#define SCORES_H
#include "engine.h"
#include "tiles.h"

/** Each chunk's part of the scores of some rows: `[chunk][group][pairs][PAIR_SUMS]`. */
typedef struct {
  float *sums;
  size_t pairs;
} partial_scores;

INLINE float *sums_at(const engine *engine, partial_scores partial, size_t chunk, size_t group, size_t pair) {
  return partial.sums + ((chunk * engine->groups + group) * partial.pairs + pair) * PAIR_SUMS;
}

/** Asks for a chunk's inputs of two images, whose bytes of the chunk are at `pair`. */
INLINE void ask_for_pair(const uint8_t *pair, size_t stride, size_t inputs) {
  for (size_t j = 0; j < inputs; j += CACHE_LINE) {
    __builtin_prefetch(pair + j, 0, 2);
    __builtin_prefetch(pair + stride + j, 0, 2);
  }
}

/**
 * A chunk's part of the scores of `count` rows, whose inputs of the chunk are at `rows`, `stride` bytes apart. Meanwhile
 * it asks for the same inputs of as many rows at `next`, unless that is NULL.
 */
INLINE void score_chunk(const engine *engine, size_t chunk, const uint8_t *rows, size_t stride, size_t count,
                        partial_scores partial, const uint8_t *next, bool is_wide) {
  size_t first = first_input(engine, chunk);
  size_t inputs = first_input(engine, chunk + 1) - first;
  // All rows by one group of weights, which stays in the core's first cache.
  for (size_t group = 0; group < engine->groups; group++) {
    const float *v = engine->scaled_weights + tile_at(engine, group, first);
    float *sums = sums_at(engine, partial, chunk, group, 0);
    for (size_t row = 0; row < count; row += 2, sums += PAIR_SUMS) {
      const uint8_t *a = rows + row * stride;
      const uint8_t *b = row + 1 < count ? a + stride : a;
      if (next != NULL && group == 0) ask_for_pair(next + row * stride, stride, inputs);
      score_tile(a, b, engine->means + first, v, inputs, sums, is_wide);
    }
  }
}

/** Scores of the rows `row` to `row + LANES - 1`, chunks added in their order: to `own->scores`, from its start on. */
static void add_chunks(const engine *engine, scratch *own, partial_scores partial, size_t row) {
  for (size_t group = 0; group < engine->groups; group++) {
    for (size_t pair = 0; pair < LANES / 2; pair++) {
      _Alignas(64) float sums[PAIR_SUMS];
      for (size_t at = 0; at < PAIR_SUMS; at += WIDTH) {
        vec sum = load(sums_at(engine, partial, 0, group, row / 2 + pair) + at);
        for (size_t chunk = 1; chunk < engine->chunks; chunk++) {
          sum += load(sums_at(engine, partial, chunk, group, row / 2 + pair) + at);
        }
        store(sums + at, sum);
      }
      const float *biases = own->biases + group * GROUP;
      float *scores = own->scores + group * GROUP * LANES + 2 * pair;
      for (size_t k = 0; k < GROUP; k++) {
        scores[k * LANES] = sums[sum_place(0, k)] + biases[k];
        scores[k * LANES + 1] = sums[sum_place(1, k)] + biases[k];
      }
    }
  }
}
#endif
