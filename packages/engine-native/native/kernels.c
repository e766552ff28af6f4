// All that is compiled once for each kind of vectors: see binding.gyp.
#include "engine.h"
#include "evaluate.h"
#include "train.h"


static void run(engine *engine, size_t thread) {
  size_t first = first_input(engine, first_chunk(engine, thread));
  size_t end = first_input(engine, first_chunk(engine, thread + 1));
  switch (engine->job.kind) {
    case LOAD:
      import_weights(engine, first, end);
      break;
    case ADOPT:
      export_weights(engine, first, end);
      break;
    case TRAIN:
      train(engine, thread);
      break;
    case EVALUATE:
      evaluate(engine, thread);
      break;
  }
}

static void elementary(bool is_log, float *values, size_t count) {
  for (size_t at = 0; at < count; at += WIDTH) {
    vec x = load(values + at);
    store(values + at, is_log ? logarithm(x) : exponential(x));
  }
}

const kernels KERNELS = {.run = run, .elementary = elementary};
