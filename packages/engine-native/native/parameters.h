// W as everybody knows it, row by row, from and to the scaled weights that are trained.
#ifndef PARAMETERS_H
#define PARAMETERS_H
#include "engine.h"

/** Makes the scaled weights of a thread's inputs of W. */
static void import_weights(engine *engine, size_t first, size_t end) {
  // Padding is 0 unless what was trained before has diverged: then 0 times an infinite gradient has made it NaN.
  for (size_t group = 0; group < engine->groups; group++) {
    memset(engine->scaled_weights + tile_at(engine, group, first), 0, (end - first) * GROUP * sizeof(float));
  }
  for (size_t k = 0; k < engine->classes; k++) {
    for (size_t j = first; j < smallest(end, engine->inputs); j++) {
      engine->scaled_weights[place_of(engine, k, j)] = engine->weights[k * engine->inputs + j] * engine->scales[j];
    }
  }
}

/** Makes a thread's part of W of its scaled weights. */
static void export_weights(engine *engine, size_t first, size_t end) {
  for (size_t k = 0; k < engine->classes; k++) {
    for (size_t j = first; j < smallest(end, engine->inputs); j++) {
      engine->weights[k * engine->inputs + j] = engine->scaled_weights[place_of(engine, k, j)] * engine->deviations[j];
    }
  }
}
#endif
