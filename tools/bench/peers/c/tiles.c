// The native engine's two inner loops by themselves, on data in the first caches: usage `tiles scores | gradient`. The
// sizes are those of a batch of CIFAR-10: 100 rows, a chunk of 384 inputs, 10 classes.
//
// Compiled as the engine's kernels are: see compile-c.ts. Answers each line with the milliseconds that `flops`
// floating-point operations took; `quit` ends it.
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "../../../../packages/engine-native/native/tiles.h"

enum { ROWS = 100, CHUNK = 384, STRIDE = CHUNK + CACHE_LINE, TURNS = 500 };

static _Alignas(64) uint8_t images[ROWS * STRIDE];
static _Alignas(64) float means[CHUNK], weights[CHUNK * GROUP], gradients[ROWS * GROUP], sums[ROWS / 2 * PAIR_SUMS];
static _Alignas(64) float from[2 * TILE], to[2 * TILE];
static const uint8_t *next[ROWS];

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

static void score(void) {
  for (size_t row = 0; row < ROWS; row += 2) {
    const uint8_t *a = images + row * STRIDE;
    score_tile(a, a + STRIDE, means, weights, CHUNK, sums + row / 2 * PAIR_SUMS, false);
  }
}

static void add_gradients(void) {
  const size_t second = WIDTH == LANES ? TILE : WIDTH;
  for (size_t input = 0; input < CHUNK; input += 2 * WIDTH) {
    for (size_t k = 0; k < GROUP; k += TILE_CLASSES) {
      gradient_tile(images + input, STRIDE, ROWS, means + input, gradients + k, GROUP, from, to, second, next, input,
                    false);
    }
  }
}

int main(int count, char **words) {
  if (count != 2) return 2;
  int is_scores = strcmp(words[1], "scores") == 0;
  for (size_t i = 0; i < sizeof images; i++) images[i] = (uint8_t)(i * 7);
  for (size_t row = 0; row < ROWS; row++) next[row] = images + row * STRIDE;
  printf("{\"ready\":true,\"versions\":{\"compiler\":\"%s\"}}\n", __VERSION__);
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin) && strcmp(line, "quit\n") != 0) {
    double start = milliseconds();
    for (int turn = 0; turn < TURNS; turn++) {
      if (is_scores) score();
      else add_gradients();
    }
    double elapsed = milliseconds() - start;
    volatile float result = is_scores ? sums[0] : to[0];
    printf("{\"ms\":%.6f,\"flops\":%.0f,\"loss\":%g}\n", elapsed, 2.0 * ROWS * CHUNK * GROUP * TURNS, result);
    fflush(stdout);
  }
  return 0;
}
