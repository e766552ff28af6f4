// The two inner loops in which nearly all time goes. Each keeps its sums in registers, two vectors for each class of a
// tile, named one by one, because compilers keep arrays of vectors in memory. An image's components are bytes, or
// numbers of 16 bits where there is noise; less their means they are the z of which scores and gradients are made.
#ifndef TILES_H
#define TILES_H
#include "engine.h"
#include "vectors.h"

#if TILE_CLASSES == 10
#define EACH_CLASS(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9)
#else
#define EACH_CLASS(DO) DO(0) DO(1) DO(2) DO(3) DO(4)
#endif

INLINE vec load_input(const uint8_t *row, size_t j, bool is_wide) {
  return is_wide ? load_shorts((const int16_t *)row + j) : load_bytes(row + j);
}

#if WIDTH == LANES
// Of two vectors the halves, quarters, or neighbours within quarters that are added next.
#define LOW_HALVES(a, b) (vec) _mm512_shuffle_f32x4((__m512)(a), (__m512)(b), 0x44)
#define HIGH_HALVES(a, b) (vec) _mm512_shuffle_f32x4((__m512)(a), (__m512)(b), 0xee)
#define EVEN_QUARTERS(a, b) (vec) _mm512_shuffle_f32x4((__m512)(a), (__m512)(b), 0x88)
#define ODD_QUARTERS(a, b) (vec) _mm512_shuffle_f32x4((__m512)(a), (__m512)(b), 0xdd)
#define LOW_PAIRS(a, b) (vec) _mm512_shuffle_ps((__m512)(a), (__m512)(b), 0x44)
#define HIGH_PAIRS(a, b) (vec) _mm512_shuffle_ps((__m512)(a), (__m512)(b), 0xee)
#define EVEN(a, b) (vec) _mm512_shuffle_ps((__m512)(a), (__m512)(b), 0x88)
#define ODD(a, b) (vec) _mm512_shuffle_ps((__m512)(a), (__m512)(b), 0xdd)

/** Where the sum of a row of the pair, 0 or 1, and a class of the group lies: as `fold_tile` leaves them. */
INLINE size_t sum_place(size_t row, size_t k) { return k / 8 * 16 + (k % 2 * 2 + row) * 4 + k % 8 / 2; }

/** Sums of a class of both rows, and of the next class: each in a quarter. */
INLINE vec fold_classes(vec a, vec b, vec next_a, vec next_b) {
  vec sums = LOW_HALVES(a, b) + HIGH_HALVES(a, b);
  vec next = LOW_HALVES(next_a, next_b) + HIGH_HALVES(next_a, next_b);
  return EVEN_QUARTERS(sums, next) + ODD_QUARTERS(sums, next);
}
INLINE vec fold_pairs(vec a, vec b) { return LOW_PAIRS(a, b) + HIGH_PAIRS(a, b); }
INLINE vec fold_neighbours(vec a, vec b) { return EVEN(a, b) + ODD(a, b); }
#else
INLINE size_t sum_place(size_t row, size_t k) { return row * GROUP + k; }

/** The sums of `[2][GROUP][LANES]` lanes. */
INLINE void fold_tile(const float *lanes, float *sums) {
  for (size_t at = 0; at < 2 * GROUP; at += 4, lanes += 4 * LANES) {
    quad four = fold_four(fold_lanes(lanes), fold_lanes(lanes + LANES), fold_lanes(lanes + 2 * LANES),
                          fold_lanes(lanes + 3 * LANES));
    store_quad(sums + at, four);
  }
}
#endif

/**
 * Forward, two rows by a group of classes: v z added up over `count` inputs.
 *
 * @param a first of the two rows' inputs; `b` is the other's.
 * @param v scaled weights, `[count / LANES][GROUP][LANES]`.
 * @param sums PAIR_SUMS, in the order of `sum_place`.
 */
INLINE void score_tile(const uint8_t *a, const uint8_t *b, const float *means, const float *v, size_t count,
                       float *sums, bool is_wide) {
#define BEGIN(k) vec a##k = {0}, b##k = {0};
#define STEP(k)                                   \
  {                                               \
    vec weights = in_register(load(w + k * LANES)); \
    a##k = multiply_add(weights, za, a##k);       \
    b##k = multiply_add(weights, zb, b##k);       \
  }
#if WIDTH == LANES
  EACH_CLASS(BEGIN)
  const float *w = v;
  for (size_t j = 0; j < count; j += LANES, w += TILE) {
    vec mean = load(means + j);
    vec za = load_input(a, j, is_wide) - mean;
    vec zb = load_input(b, j, is_wide) - mean;
    EACH_CLASS(STEP)
  }
  vec q0 = fold_classes(a0, b0, a1, b1);
  vec q1 = fold_classes(a2, b2, a3, b3);
  vec q2 = fold_classes(a4, b4, a5, b5);
  vec q3 = fold_classes(a6, b6, a7, b7);
  vec q4 = fold_classes(a8, b8, a9, b9);
  store(sums, fold_neighbours(fold_pairs(q0, q1), fold_pairs(q2, q3)));
  vec last = fold_pairs(q4, q4);
  store(sums + 16, fold_neighbours(last, last));
#else
#define END(k)                                                        \
  store(lanes + (first + k) * LANES + lane, a##k);                    \
  store(lanes + (GROUP + first + k) * LANES + lane, b##k);
  _Alignas(64) float lanes[2 * GROUP * LANES];
  for (size_t first = 0; first < GROUP; first += TILE_CLASSES) {
    for (size_t lane = 0; lane < LANES; lane += WIDTH) {
      EACH_CLASS(BEGIN)
      const float *w = v + first * LANES + lane;
      for (size_t j = lane; j < count; j += LANES, w += TILE) {
        vec mean = load(means + j);
        vec za = load_input(a, j, is_wide) - mean;
        vec zb = load_input(b, j, is_wide) - mean;
        EACH_CLASS(STEP)
      }
      EACH_CLASS(END)
    }
  }
  fold_tile(lanes, sums);
#undef END
#endif
#undef BEGIN
#undef STEP
}

/**
 * Backward, two vectors of inputs by TILE_CLASSES classes: adds g z over rows to the sums at `from`, and leaves them at
 * `to`. Meanwhile it asks for the same inputs of `next` images, which come in random order: memory is slow, and no
 * processor foresees them.
 *
 * @param z inputs of the first row; the next rows are `stride` bytes on.
 * @param g `dl/ds`, rows `gradient_stride` floats apart.
 * @param from the first vector's sums, LANES floats from class to class, as `to`; those of the second are
 *   `second` floats on.
 */
INLINE void gradient_tile(const uint8_t *z, size_t stride, size_t rows, const float *means, const float *g,
                          size_t gradient_stride, const float *from, float *to, size_t second,
                          const uint8_t *const *next, size_t input, bool is_wide) {
  vec mean_a = load(means), mean_b = load(means + WIDTH);
#define BEGIN(k) vec a##k = load(from + k * LANES), b##k = load(from + second + k * LANES);
#define STEP(k)                              \
  {                                          \
    vec gradient = splat(g[k]);              \
    a##k = multiply_add(gradient, za, a##k); \
    b##k = multiply_add(gradient, zb, b##k); \
  }
#define END(k)                   \
  store(to + k * LANES, a##k);   \
  store(to + second + k * LANES, b##k);
  EACH_CLASS(BEGIN)
  for (size_t row = 0; row < rows; row++, z += stride, g += gradient_stride) {
    __builtin_prefetch(next[row] + input, 0, 2);
    vec za = load_input(z, 0, is_wide) - mean_a;
    vec zb = load_input(z, WIDTH, is_wide) - mean_b;
    EACH_CLASS(STEP)
  }
  EACH_CLASS(END)
#undef BEGIN
#undef STEP
#undef END
}
#endif
