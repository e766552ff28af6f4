// From sums over a batch to the next weights: `dW = GT X / n + 2 lambda W`, `db = mean(G)`.
// X itself is never made: x = scale (z - rest), where z is the int16 that `widen` leaves. With v = scale w, a score is
// the sum of v z less that of v rest, and the sum of g x over a batch is scale (sum of g z - rest sum of g). So
// v itself is what is trained: w -= eta (gradient / n + 2 lambda w) becomes the same for v, with the square of scale.
import { laneSum, multiplyAdd } from "./arithmetic";
import { gradientTotals, ownBiases, paddedClasses, updateTotals } from "./scratch";
import { classes, GROUP, meanRests, squaredScales } from "./setup";

/** What a batch's updates have in common. */
let step: v128 = f32x4.splat(0);
let decay: v128 = f32x4.splat(0);

/** Before a batch's `updateTile`s: `rows` is the size of the batch. */
export function beginUpdate(rows: usize, learningRate: f64, lambda: f64): void {
  // Neither is folded into a factor near 1 on w, whose rounding would add up over thousands of batches.
  step = f32x4.splat(<f32>(learningRate / <f64>rows));
  decay = f32x4.splat(<f32>(2 * lambda * learningRate));
  for (let k: usize = 0; k < classes; k++) {
    v128.store(updateTotals + 16 * k, f32x4.splat(laneSum(v128.load(gradientTotals + 16 * k))));
  }
}

/**
 * Updates the weights of 8 inputs x 5 classes, and subtracts their part of `v rest` from `starts`.
 *
 * @param sums of g z over the batch, `[2][5][4]`, as `v`.
 * @param starts `[5][4]`, of the group's first class.
 */
export function updateTile(input: usize, group: usize, sums: usize, v: usize, starts: usize): void {
  const totals = updateTotals + group * (GROUP * 16);
  for (let four: usize = 0; four < 2; four++) {
    const rest = v128.load(meanRests + 4 * input + 16 * four);
    const squaredScale = f32x4.mul(v128.load(squaredScales + 4 * input + 16 * four), step);
    for (let k: usize = 0; k < GROUP; k++) {
      const at = (four * GROUP + k) * 16;
      const old = v128.load(v + at);
      const gradient = f32x4.sub(v128.load(sums + at), f32x4.mul(rest, v128.load(totals + 16 * k)));
      const next = f32x4.sub(old, multiplyAdd(gradient, squaredScale, f32x4.mul(decay, old)));
      v128.store(v + at, next);
      const start = starts + 16 * k;
      v128.store(start, f32x4.sub(v128.load(start), f32x4.mul(next, rest)));
    }
  }
}

/** Updates this thread's copy of the biases, and clears the sums. */
export function updateBiases(rows: usize, learningRate: f64): void {
  const rate = <f32>(learningRate / <f64>rows);
  for (let k: usize = 0; k < classes; k++) {
    const bias = ownBiases + 4 * k;
    store<f32>(bias, load<f32>(bias) - rate * laneSum(v128.load(gradientTotals + 16 * k)));
  }
  memory.fill(gradientTotals, 0, paddedClasses * 16);
}
