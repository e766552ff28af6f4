// Vectors of the machine, WIDTH floats each. What is computed has a fixed shape of LANES floats, and the order of its
// additions follows from that shape alone: narrower vectors go over it in several parts. So each of these gives the
// same bits. Multiply-adds are rounded once everywhere; the compiler makes none of its own (-ffp-contract=off).
#ifndef VECTORS_H
#define VECTORS_H
#include <stdint.h>
#include <string.h>
#include "shape.h"

#if defined(VECTORS_AVX512)
#include <immintrin.h>
#define WIDTH 16
/** Classes whose sums a tile keeps in registers, two vectors each: 20 of 32. */
#define TILE_CLASSES 10
#define KERNELS avx512_kernels
#elif defined(VECTORS_AVX2)
#include <immintrin.h>
#define WIDTH 8
/** 10 of 16 registers. */
#define TILE_CLASSES 5
#define KERNELS avx2_kernels
#elif defined(VECTORS_NEON)
#include <arm_neon.h>
#define WIDTH 4
#define TILE_CLASSES 10
#define KERNELS neon_kernels
#else
#include <math.h>
#define WIDTH 4
#define TILE_CLASSES 5
#define KERNELS portable_kernels
#endif

typedef float vec __attribute__((vector_size(4 * WIDTH)));
/** As integers: what comparisons of vectors give, all bits of a lane or none. */
typedef int32_t ivec __attribute__((vector_size(4 * WIDTH)));
typedef float quad __attribute__((vector_size(16)));

/** Vectors at any address that floats may have, and in memory of any type. */
typedef float loose_vec __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));
typedef int32_t loose_ivec __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));
typedef float loose_quad __attribute__((vector_size(16), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const float *from) { return *(const loose_vec *)from; }
INLINE void store(float *to, vec values) { *(loose_vec *)to = values; }
INLINE ivec load_integers(const int32_t *from) { return *(const loose_ivec *)from; }
INLINE quad load_quad(const float *from) { return *(const loose_quad *)from; }
INLINE void store_quad(float *to, quad values) { *(loose_quad *)to = values; }
/** `value` in all lanes: what subtracting 0 leaves alone, -0 included. */
INLINE vec splat(float value) { return value - (vec){0}; }
INLINE ivec splat_integer(int32_t value) { return value - (ivec){0}; }

/**
 * A vector in a register: compilers load what is used twice twice, and a core has two loads a cycle. With this the
 * forward loop takes 0.85 of the time (Zen 5, gcc 12).
 */
INLINE vec in_register(vec values) {
#if defined(VECTORS_AVX512)
  __asm__("" : "+v"(values));
#elif defined(VECTORS_AVX2)
  __asm__("" : "+x"(values));
#elif defined(VECTORS_NEON)
  __asm__("" : "+w"(values));
#endif
  return values;
}

INLINE vec choose(ivec mask, vec yes, vec no) { return (vec)((mask & (ivec)yes) | (~mask & (ivec)no)); }
/** The larger of each pair; the first where one is NaN. */
INLINE vec larger(vec a, vec b) { return choose(b > a, b, a); }
INLINE vec smaller(vec a, vec b) { return choose(b < a, b, a); }

/** `a b + c`, rounded once. */
INLINE vec multiply_add(vec a, vec b, vec c) {
#if defined(VECTORS_AVX512)
  return (vec)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif defined(VECTORS_AVX2)
  return (vec)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif defined(VECTORS_NEON)
  return (vec)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
  vec result;
  for (int lane = 0; lane < WIDTH; lane++) result[lane] = fmaf(a[lane], b[lane], c[lane]);
  return result;
#endif
}

/** WIDTH bytes, 0 to 255, as floats. Compilers take a conversion that is written without intrinsics apart into bytes. */
INLINE vec load_bytes(const uint8_t *from) {
#if defined(VECTORS_AVX512)
  return (vec)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)from)));
#elif defined(VECTORS_AVX2)
  return (vec)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)from)));
#elif defined(VECTORS_NEON)
  uint32_t bytes;
  memcpy(&bytes, from, sizeof bytes);
  uint16x8_t halves = vmovl_u8(vcreate_u8(bytes));
  return (vec)vcvtq_f32_u32(vmovl_u16(vget_low_u16(halves)));
#else
  vec result;
  for (int lane = 0; lane < WIDTH; lane++) result[lane] = from[lane];
  return result;
#endif
}

/** WIDTH numbers of 16 bits as floats. */
INLINE vec load_shorts(const int16_t *from) {
#if defined(VECTORS_AVX512)
  return (vec)_mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(_mm256_loadu_si256((const __m256i *)from)));
#elif defined(VECTORS_AVX2)
  return (vec)_mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)from)));
#elif defined(VECTORS_NEON)
  return (vec)vcvtq_f32_s32(vmovl_s16(vld1_s16(from)));
#else
  vec result;
  for (int lane = 0; lane < WIDTH; lane++) result[lane] = from[lane];
  return result;
#endif
}

/** Lanes 0 + 2 and 1 + 3 of a, then of b. */
INLINE quad fold_pair(quad a, quad b) {
  return (quad){a[0], a[1], b[0], b[1]} + (quad){a[2], a[3], b[2], b[3]};
}

/** The sums of the lanes of a, b, c and d: those two apart first, then their neighbours. */
INLINE quad fold_four(quad a, quad b, quad c, quad d) {
  quad ab = fold_pair(a, b);
  quad cd = fold_pair(c, d);
  return (quad){ab[0], ab[2], cd[0], cd[2]} + (quad){ab[1], ab[3], cd[1], cd[3]};
}

/** LANES floats to four: those eight apart are added first, then those four apart. */
INLINE quad fold_lanes(const float *lanes) {
  quad low = load_quad(lanes) + load_quad(lanes + 8);
  quad high = load_quad(lanes + 4) + load_quad(lanes + 12);
  return low + high;
}

/** The sum of LANES floats, in the same order. */
INLINE float sum_lanes(const float *lanes) {
  quad four = fold_lanes(lanes);
  return (four[0] + four[2]) + (four[1] + four[3]);
}
#endif
