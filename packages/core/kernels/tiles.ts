// The two inner loops in which nearly all time goes. Each keeps ten accumulators in registers, of the sixteen that
// x86-64 has, and needs seven loads for ten multiply-adds. One step an iteration: in loops unrolled by two the
// compiler nests the multiply-adds of one accumulator, so that all operands are needed at once and accumulators are
// spilled; they took 1.6 times as long (Zen 4, V8 13.6).
import { multiplyAdd } from "./arithmetic";
import { SCORE_STRIDE } from "./setup";

// @ts-ignore: decorator
@inline
function load4(int16s: usize): v128 {
  return f32x4.convert_i32x4_s(v128.load16x4_s(int16s));
}

/**
 * Forward, 2 rows x 5 classes: adds up v z over `count` inputs (a multiple of 4), from `starts` on, and stores each
 * sum at `scores`, class by class.
 *
 * @param z first of the two rows, int16; the other is `stride` bytes on.
 * @param v scaled weights, `[count / 4][5][4]`.
 * @param starts `[5][4]`.
 */
export function scoreTile(z: usize, stride: usize, v: usize, count: usize, starts: usize, scores: usize): void {
  let a0 = v128.load(starts);
  let a1 = v128.load(starts, 16);
  let a2 = v128.load(starts, 32);
  let a3 = v128.load(starts, 48);
  let a4 = v128.load(starts, 64);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  let b4 = a4;
  const end = z + 2 * count;
  while (z < end) {
    const a = load4(z);
    const b = load4(z + stride);
    const v0 = v128.load(v);
    a0 = multiplyAdd(v0, a, a0);
    b0 = multiplyAdd(v0, b, b0);
    const v1 = v128.load(v, 16);
    a1 = multiplyAdd(v1, a, a1);
    b1 = multiplyAdd(v1, b, b1);
    const v2 = v128.load(v, 32);
    a2 = multiplyAdd(v2, a, a2);
    b2 = multiplyAdd(v2, b, b2);
    const v3 = v128.load(v, 48);
    a3 = multiplyAdd(v3, a, a3);
    b3 = multiplyAdd(v3, b, b3);
    const v4 = v128.load(v, 64);
    a4 = multiplyAdd(v4, a, a4);
    b4 = multiplyAdd(v4, b, b4);
    z += 8;
    v += 80;
  }
  storeSums(scores, a0, b0, a1, b1);
  storeSums(scores + 2 * SCORE_STRIDE, a2, b2, a3, b3);
  const pairs = f32x4.add(v128.shuffle<f32>(a4, b4, 0, 4, 1, 5), v128.shuffle<f32>(a4, b4, 2, 6, 3, 7));
  const sums = f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1));
  v128.store64_lane(scores + 4 * SCORE_STRIDE, sums, 0);
}

/** The lane sums of a and b (one class, two rows) side by side, and those of c and d for the next class. */
// @ts-ignore: decorator
@inline
function storeSums(scores: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  const sums = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store64_lane(scores, sums, 0);
  v128.store64_lane(scores + SCORE_STRIDE, sums, 1);
}

/**
 * Backward, 8 inputs x 5 classes: adds g z over rows to the sums at `from`, and stores them at `to`.
 *
 * @param z int16, rows `stride` bytes apart.
 * @param g `dl/ds`, rows `gradientStride` bytes apart.
 * @param from `[2][5][4]`, as `to`.
 */
export function gradientTile(
  z: usize,
  stride: usize,
  rows: usize,
  g: usize,
  gradientStride: usize,
  from: usize,
  to: usize,
): void {
  let a0 = v128.load(from);
  let a1 = v128.load(from, 16);
  let a2 = v128.load(from, 32);
  let a3 = v128.load(from, 48);
  let a4 = v128.load(from, 64);
  let b0 = v128.load(from, 80);
  let b1 = v128.load(from, 96);
  let b2 = v128.load(from, 112);
  let b3 = v128.load(from, 128);
  let b4 = v128.load(from, 144);
  const end = z + rows * stride;
  while (z < end) {
    const a = load4(z);
    const b = load4(z + 8);
    const g0 = v128.load32_splat(g);
    a0 = multiplyAdd(g0, a, a0);
    b0 = multiplyAdd(g0, b, b0);
    const g1 = v128.load32_splat(g, 4);
    a1 = multiplyAdd(g1, a, a1);
    b1 = multiplyAdd(g1, b, b1);
    const g2 = v128.load32_splat(g, 8);
    a2 = multiplyAdd(g2, a, a2);
    b2 = multiplyAdd(g2, b, b2);
    const g3 = v128.load32_splat(g, 12);
    a3 = multiplyAdd(g3, a, a3);
    b3 = multiplyAdd(g3, b, b3);
    const g4 = v128.load32_splat(g, 16);
    a4 = multiplyAdd(g4, a, a4);
    b4 = multiplyAdd(g4, b, b4);
    z += stride;
    g += gradientStride;
  }
  v128.store(to, a0);
  v128.store(to, a1, 16);
  v128.store(to, a2, 32);
  v128.store(to, a3, 48);
  v128.store(to, a4, 64);
  v128.store(to, b0, 80);
  v128.store(to, b1, 96);
  v128.store(to, b2, 112);
  v128.store(to, b3, 128);
  v128.store(to, b4, 144);
}
