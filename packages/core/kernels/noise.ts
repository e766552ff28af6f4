// Noise on a widened image: packages/core/src/random/noise.ts, eight components at a time. Whole numbers, so the
// result is the same to the bit.
import { noiseAmount, noiseKeys } from "./job";
import { word } from "./scratch";

/** Adds the noise of the job's row `row` to inputs `first` to `end - 1` (multiples of 8) of the int16 at `image`. */
export function addNoise(image: usize, row: usize, first: usize, end: usize): void {
  const key = noiseKeys() + 8 * row;
  const secondKey = v128.load32_splat(key, 4);
  const pairs = i32x4.add(i32x4.splat(<i32>(first / 2)), i32x4(0, 1, 2, 3));
  let counter = i32x4.add(pairs, v128.load32_splat(key));
  const step = keep(4);
  const firstFactor = keep(0x7feb352d);
  const secondFactor = keep(0x846ca68b);
  const values = i16x8.splat(<i16>(2 * noiseAmount() + 1));
  for (let at = image + 2 * first; at < image + 2 * end; at += 16) {
    let x = i32x4.mul(v128.xor(counter, i32x4.shr_u(counter, 16)), firstFactor);
    x = i32x4.mul(v128.xor(v128.xor(x, i32x4.shr_u(x, 15)), secondKey), secondFactor);
    const bits = v128.xor(x, i32x4.shr_u(x, 16));
    v128.store(at, i16x8.add(v128.load(at), spread(bits, values)));
    counter = i32x4.add(counter, step);
  }
}

/**
 * Four times `value`, by way of memory: V8 makes a constant anew wherever a loop uses it, and keeps in a register what
 * was loaded. Noise takes 0.6 of the time for it.
 */
// @ts-ignore: decorator
@inline
function keep(value: u32): v128 {
  store<u32>(word, value);
  return v128.load32_splat(word);
}

/** The product is never that of -32768 with itself, so the relaxed form is exact too. */
// @ts-ignore: decorator
@inline
function spread(bits: v128, values: v128): v128 {
  const upper = i16x8.shr_s(bits, 1);
  if (ASC_FEATURE_RELAXED_SIMD) return i16x8.relaxed_q15mulr_s(upper, values);
  return i16x8.q15mulr_sat_s(upper, values);
}
