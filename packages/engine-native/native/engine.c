// An engine's arrays.
#include "engine.h"
#include <stdlib.h>
#include <string.h>
#if defined(_WIN32)
#include <malloc.h>
#endif

static char *allocate(size_t bytes) {
  bytes = round_up(bytes, CACHE_LINE);
#if defined(_WIN32)
  char *memory = _aligned_malloc(bytes, CACHE_LINE);
#else
  char *memory = aligned_alloc(CACHE_LINE, bytes);
#endif
  if (memory != NULL) memset(memory, 0, bytes);
  return memory;
}

static void release(char *memory) {
#if defined(_WIN32)
  _aligned_free(memory);
#else
  free(memory);
#endif
}

/** Cuts arrays out of memory, each on cache lines of its own. Without memory it counts what they take. */
typedef struct {
  char *memory;
  size_t used;
} cutter;

static void *cut(cutter *cutter, size_t bytes) {
  char *place = cutter->memory == NULL ? NULL : cutter->memory + cutter->used;
  cutter->used += round_up(bytes, CACHE_LINE);
  return place;
}

static size_t lay_out_shared(engine *engine, char *memory) {
  cutter cutter = {memory, 0};
  size_t floats = engine->padded_inputs * sizeof(float);
  size_t weights = engine->padded_classes * floats;
  engine->means = cut(&cutter, floats);
  engine->deviations = cut(&cutter, floats);
  engine->scales = cut(&cutter, floats);
  engine->squared_scales = cut(&cutter, floats);
  engine->scaled_weights = cut(&cutter, weights);
  engine->gradient_sums = cut(&cutter, weights);
  size_t sums = engine->chunks * engine->groups * (BLOCK_ROWS / 2) * PAIR_SUMS;
  engine->partial_scores = cut(&cutter, 2 * sums * sizeof(float));
  return cutter.used;
}

static size_t lay_out_scratch(const engine *engine, scratch *own, char *memory) {
  cutter cutter = {memory, 0};
  size_t classes = engine->padded_classes;
  own->rows = cut(&cutter, BLOCK_ROWS * (2 * engine->padded_inputs + 3 * CACHE_LINE));
  own->bytes = cut(&cutter, engine->padded_inputs);
  own->moves = cut(&cutter, engine->padded_inputs * 2);
  own->scores = cut(&cutter, classes * LANES * sizeof(float));
  own->results = cut(&cutter, classes * LANES * sizeof(float));
  own->score_gradients = cut(&cutter, BLOCK_ROWS * classes * sizeof(float));
  own->gradient_lanes = cut(&cutter, classes * LANES * sizeof(float));
  own->biases = cut(&cutter, classes * sizeof(float));
  own->labels = cut(&cutter, BLOCK_ROWS * sizeof(int32_t));
  own->images = cut(&cutter, BLOCK_ROWS * sizeof(char *));
  own->next_images = cut(&cutter, BLOCK_ROWS * sizeof(char *));
  size_t sums = engine->chunks * engine->groups * (EVALUATION_ROWS / 2) * PAIR_SUMS;
  own->partial_scores = cut(&cutter, sums * sizeof(float));
  return cutter.used;
}

bool allocate_engine(engine *engine) {
  engine->padded_inputs = round_up(engine->inputs, INPUT_UNIT);
  engine->groups = (engine->classes + GROUP - 1) / GROUP;
  engine->padded_classes = engine->groups * GROUP;
  engine->chunk_inputs = round_up((engine->padded_inputs + MOST_CHUNKS - 1) / MOST_CHUNKS, INPUT_UNIT);
  engine->chunks = (engine->padded_inputs + engine->chunk_inputs - 1) / engine->chunk_inputs;
  engine->memory = allocate(lay_out_shared(engine, NULL));
  bool is_complete = engine->memory != NULL;
  if (is_complete) lay_out_shared(engine, engine->memory);
  for (size_t thread = 0; is_complete && thread < engine->threads; thread++) {
    scratch *own = &engine->scratch[thread];
    char *memory = allocate(lay_out_scratch(engine, own, NULL));
    is_complete = memory != NULL;
    if (is_complete) lay_out_scratch(engine, own, memory);
    own->memory = memory;
  }
  if (!is_complete) free_engine(engine);
  return is_complete;
}

void free_engine(engine *engine) {
  for (size_t thread = 0; thread < engine->threads; thread++) {
    release(engine->scratch[thread].memory);
    engine->scratch[thread].memory = NULL;
  }
  release(engine->memory);
  engine->memory = NULL;
}
