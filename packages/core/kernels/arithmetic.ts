// Multiply-add and the elementary functions, four float32 at a time.

/** `a b + c`, rounded once where the host has relaxed SIMD and the processor fuses, twice elsewhere. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of four lanes, in pairs. */
// @ts-ignore: decorator
@inline
export function laneSum(a: v128): f32 {
  const pairs = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * `exp(x)`, to 2 units in the last place; 0 below -104 and infinite above 88.8, as float32 has it. NaN stays NaN.
 * Range reduction and polynomial of Cephes' expf (Moshier 1989).
 */
export function exp(x: v128): v128 {
  // The pseudo-minimum gives its first operand where one is NaN, in one instruction; `min` takes several.
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-104)), f32x4.splat(89));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)));
  // ln 2 in two parts, the first of which has few bits, so that n times it is exact.
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = multiplyAdd(y, r, f32x4.splat(1.3981999507e-3));
  y = multiplyAdd(y, r, f32x4.splat(8.3334519073e-3));
  y = multiplyAdd(y, r, f32x4.splat(4.1665795894e-2));
  y = multiplyAdd(y, r, f32x4.splat(1.6666665459e-1));
  y = multiplyAdd(y, r, f32x4.splat(5.0000001201e-1));
  y = f32x4.add(multiplyAdd(f32x4.mul(r, r), y, r), f32x4.splat(1));
  // 2^n in two factors, each of which is a normal number wherever the result is not 0 or infinite.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/**
 * `log(x)` for finite x >= 1, to 2 units in the last place: sums of exponentials, the largest of which is 1. NaN
 * stays NaN. Range reduction and polynomial of Cephes' logf (Moshier 1989).
 */
export function log(x: v128): v128 {
  // x = 2^e m with m from sqrt(1/2) to sqrt(2).
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const r = f32x4.sub(m, f32x4.splat(1));
  let y = f32x4.splat(7.0376836292e-2);
  y = multiplyAdd(y, r, f32x4.splat(-1.1514610310e-1));
  y = multiplyAdd(y, r, f32x4.splat(1.1676998740e-1));
  y = multiplyAdd(y, r, f32x4.splat(-1.2420140846e-1));
  y = multiplyAdd(y, r, f32x4.splat(1.4249322787e-1));
  y = multiplyAdd(y, r, f32x4.splat(-1.6668057665e-1));
  y = multiplyAdd(y, r, f32x4.splat(2.0000714765e-1));
  y = multiplyAdd(y, r, f32x4.splat(-2.4999993993e-1));
  y = multiplyAdd(y, r, f32x4.splat(3.3333331174e-1));
  const squared = f32x4.mul(r, r);
  y = f32x4.mul(f32x4.mul(y, r), squared);
  y = multiplyAdd(e, f32x4.splat(-2.12194440e-4), y);
  y = multiplyAdd(squared, f32x4.splat(-0.5), y);
  const result = multiplyAdd(e, f32x4.splat(0.693359375), f32x4.add(r, y));
  return v128.bitselect(result, x, f32x4.eq(x, x));
}
