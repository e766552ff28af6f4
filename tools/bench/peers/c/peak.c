// The machine's multiply-add peak on one thread, for vectors of VECTOR_BYTES.
//
//   cc -O3 -march=native -ffast-math -DVECTOR_BYTES=64 peak.c -o peak
//   peak
//
// Answers each line with the milliseconds that `flops` floating-point operations took; `quit` ends it.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <time.h>

#ifndef VECTOR_BYTES
#define VECTOR_BYTES 16
#endif
#define LANES (VECTOR_BYTES / 4)

// A multiply-add takes about four cycles and two can start in each: eight sums keep both units busy, twelve surely.
#define SUMS 12 // a to l

typedef float Floats __attribute__((vector_size(VECTOR_BYTES)));

static const long ROUNDS = 4000000;

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

static float run(float factor_value, float addend_value) {
  Floats factor = factor_value - (Floats){0}, addend = addend_value - (Floats){0};
  // Variables of their own: GCC keeps an array of so many bytes in memory.
  Floats a = factor, b = a * factor, c = b * factor, d = c * factor, e = d * factor, f = e * factor;
  Floats g = f * factor, h = g * factor, i = h * factor, j = i * factor, k = j * factor, l = k * factor;
  for (long round = 0; round < ROUNDS; round++) {
    a = a * factor + addend;
    b = b * factor + addend;
    c = c * factor + addend;
    d = d * factor + addend;
    e = e * factor + addend;
    f = f * factor + addend;
    g = g * factor + addend;
    h = h * factor + addend;
    i = i * factor + addend;
    j = j * factor + addend;
    k = k * factor + addend;
    l = l * factor + addend;
  }
  Floats all = a + b + c + d + e + f + g + h + i + j + k + l;
  float sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += all[lane];
  return sum;
}

int main(void) {
  printf("{\"ready\":true,\"versions\":{\"compiler\":\"%s\",\"vector bits\":\"%d\"}}\n", __VERSION__,
         8 * VECTOR_BYTES);
  fflush(stdout);
  char line[64];
  volatile float factor = 0.999f, addend = 0.001f;
  while (fgets(line, sizeof line, stdin) && strcmp(line, "quit\n") != 0) {
    double start = milliseconds();
    volatile float sum = run(factor, addend);
    double elapsed = milliseconds() - start;
    printf("{\"ms\":%.6f,\"flops\":%.0f,\"loss\":%g}\n", elapsed, 2.0 * SUMS * LANES * ROUNDS, sum);
    fflush(stdout);
  }
  return 0;
}
