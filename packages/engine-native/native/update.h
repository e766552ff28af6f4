// From sums over a batch to the next weights: `dW = GT X / n + 2 lambda W`, `db = mean(G)`. With x = scale z, and
// v = scale w, a score is the sum of v z, and the sum of g x over a batch is scale times that of g z. So v itself is
// what is trained: w -= eta (gradient / n + 2 lambda w) becomes the same for v, with the square of scale.
#ifndef UPDATE_H
#define UPDATE_H
#include "engine.h"
#include "tiles.h"

/** What a batch's updates have in common. Neither becomes a factor near 1 on w, whose rounding would add up. */
typedef struct {
  float step, decay;
} update;

INLINE update begin_update(size_t rows, double learning_rate, double lambda) {
  return (update){(float)(learning_rate / (double)rows), (float)(2 * lambda * learning_rate)};
}

/** Updates the weights of WIDTH inputs by TILE_CLASSES classes, by sums of g z, LANES floats from class to class as v. */
INLINE void update_tile(float *v, const float *sums, const float *squared_scales, update update) {
  vec scale = load(squared_scales) * update.step;
  for (size_t k = 0; k < TILE_CLASSES; k++) {
    vec old = load(v + k * LANES);
    store(v + k * LANES, old - multiply_add(load(sums + k * LANES), scale, old * update.decay));
  }
}

/** Updates this thread's copy of the biases, and clears the sums. */
static void update_biases(const engine *engine, scratch *own, update update) {
  for (size_t k = 0; k < engine->classes; k++) {
    float *lanes = own->gradient_lanes + k * LANES;
    own->biases[k] -= update.step * sum_lanes(lanes);
    memset(lanes, 0, LANES * sizeof(float));
  }
}
#endif
