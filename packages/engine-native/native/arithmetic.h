// exp and log of vectors. They are the engine's own, so that no C library's rounding is in the results.
#ifndef ARITHMETIC_H
#define ARITHMETIC_H
#include "vectors.h"

/** 2^n for -126 <= n <= 127. */
INLINE vec power_of_two(ivec n) { return (vec)((n + 127) << 23); }

/**
 * `exp(x)`, to 2 units in the last place; 0 below -104 and infinite above 88.8, as float32 has it. NaN stays NaN.
 * Range reduction and polynomial of Cephes' expf (Moshier 1989).
 */
INLINE vec exponential(vec x) {
  vec clamped = smaller(larger(x, splat(-104.0f)), splat(89.0f));
  // 1.5 * 2^23: numbers of this size have no fraction, so adding it rounds to the nearest whole number.
  const float whole = 12582912.0f;
  vec shifted = clamped * 1.44269504088896341f + whole;
  vec n = shifted - whole;
  ivec integer = (ivec)shifted - (ivec)splat(whole);
  // ln 2 in two parts, the first of which has few bits, so that n times it is exact.
  vec r = clamped - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  vec y = splat(1.9875691500e-4f);
  y = multiply_add(y, r, splat(1.3981999507e-3f));
  y = multiply_add(y, r, splat(8.3334519073e-3f));
  y = multiply_add(y, r, splat(4.1665795894e-2f));
  y = multiply_add(y, r, splat(1.6666665459e-1f));
  y = multiply_add(y, r, splat(5.0000001201e-1f));
  y = multiply_add(r * r, y, r) + 1.0f;
  // 2^n in two factors, each of which is a normal number wherever the result is not 0 or infinite.
  ivec half = integer >> 1;
  return y * power_of_two(half) * power_of_two(integer - half);
}

/**
 * `log(x)` for finite x >= 1, to 2 units in the last place: sums of exponentials, the largest of which is 1. NaN stays
 * NaN. Range reduction and polynomial of Cephes' logf (Moshier 1989).
 */
INLINE vec logarithm(vec x) {
  // x = 2^e m with m from sqrt(1/2) to sqrt(2).
  const int32_t root_of_half = 0x3f3504f3;
  ivec shifted = (ivec)x - root_of_half;
  ivec exponent = shifted >> 23;
  // As floats: whole numbers of this size are the last bits of 1.5 * 2^23.
  const float whole = 12582912.0f;
  vec e = (vec)(exponent + (ivec)splat(whole)) - whole;
  vec m = (vec)((shifted & 0x007fffff) + root_of_half);
  vec r = m - 1.0f;
  vec y = splat(7.0376836292e-2f);
  y = multiply_add(y, r, splat(-1.1514610310e-1f));
  y = multiply_add(y, r, splat(1.1676998740e-1f));
  y = multiply_add(y, r, splat(-1.2420140846e-1f));
  y = multiply_add(y, r, splat(1.4249322787e-1f));
  y = multiply_add(y, r, splat(-1.6668057665e-1f));
  y = multiply_add(y, r, splat(2.0000714765e-1f));
  y = multiply_add(y, r, splat(-2.4999993993e-1f));
  y = multiply_add(y, r, splat(3.3333331174e-1f));
  vec squared = r * r;
  y = y * r * squared;
  y = multiply_add(e, splat(-2.12194440e-4f), y);
  y = multiply_add(squared, splat(-0.5f), y);
  vec result = multiply_add(e, splat(0.693359375f), r + y);
  return choose(x == x, result, x);
}
#endif
