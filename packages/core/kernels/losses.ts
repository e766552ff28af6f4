// Losses of four rows at once, one a lane. Formulas: packages/core/src/losses.
import { exp, log } from "./arithmetic";
import { fourResults, fourScores } from "./scratch";
import { BCE, classes, loss, SVM } from "./setup";

// @ts-ignore: decorator
@inline
function score(k: usize): v128 {
  return v128.load(fourScores + 16 * k);
}

// @ts-ignore: decorator
@inline
function result(k: usize): v128 {
  return v128.load(fourResults + 16 * k);
}

// @ts-ignore: decorator
@inline
function setResult(k: usize, value: v128): void {
  v128.store(fourResults + 16 * k, value);
}

/** All bits of the lanes whose label is k. */
// @ts-ignore: decorator
@inline
function isLabel(labels: v128, k: usize): v128 {
  return i32x4.eq(labels, i32x4.splat(<i32>k));
}

/** From `fourScores`: each row's loss, and its probabilities in `fourResults`. `labels`: int32. */
export function evaluateFour(labels: v128): v128 {
  if (loss == BCE) return binaryCrossEntropy(labels);
  const logSumExp = softmax();
  return loss == SVM ? hinge(labels) : f32x4.sub(logSumExp, labelScore(labels));
}

/**
 * From `fourScores`: each row's loss, and its `dl/ds` in `fourResults`. Lanes of `live` that are 0 belong to no row:
 * their gradients are 0.
 */
export function differentiateFour(labels: v128, live: v128): v128 {
  if (loss == SVM) {
    differentiateHinge(labels, live);
    return hinge(labels);
  }
  const losses = evaluateFour(labels);
  const factor: f32 = loss == BCE ? <f32>1 / <f32>classes : 1;
  for (let k: usize = 0; k < classes; k++) {
    const oneHot = v128.and(isLabel(labels, k), f32x4.splat(1));
    const gradient = f32x4.mul(f32x4.sub(result(k), oneHot), f32x4.splat(factor));
    setResult(k, v128.and(gradient, live));
  }
  return losses;
}

function labelScore(labels: v128): v128 {
  let found = f32x4.splat(0);
  for (let k: usize = 0; k < classes; k++) found = v128.bitselect(score(k), found, isLabel(labels, k));
  return found;
}

/** Fills the probabilities; gives `log(sum(exp(s)))`. Scores are shifted by their largest, so none overflows. */
function softmax(): v128 {
  let largest = score(0);
  for (let k: usize = 1; k < classes; k++) largest = f32x4.pmax(largest, score(k));
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < classes; k++) {
    const exponential = exp(f32x4.sub(score(k), largest));
    setResult(k, exponential);
    sum = f32x4.add(sum, exponential);
  }
  const scale = f32x4.div(f32x4.splat(1), sum);
  for (let k: usize = 0; k < classes; k++) setResult(k, f32x4.mul(result(k), scale));
  return f32x4.add(log(sum), largest);
}

/** `max(s, 0) + log(1 + exp(-|s|))` is `log(1 + exp(s))` without overflow, and shares its exponential with p. */
function binaryCrossEntropy(labels: v128): v128 {
  const one = f32x4.splat(1);
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < classes; k++) {
    const s = score(k);
    const small = exp(f32x4.neg(f32x4.abs(s)));
    const positive = f32x4.div(one, f32x4.add(one, small));
    setResult(k, v128.bitselect(positive, f32x4.mul(small, positive), f32x4.ge(s, f32x4.splat(0))));
    sum = f32x4.add(sum, f32x4.add(f32x4.pmax(s, f32x4.splat(0)), log(f32x4.add(one, small))));
  }
  return f32x4.div(f32x4.sub(sum, labelScore(labels)), f32x4.splat(<f32>classes));
}

/** `sum over k != y of max(0, s_k - s_y + 1)`: the term of y itself would be 1. */
function hinge(labels: v128): v128 {
  const threshold = f32x4.sub(labelScore(labels), f32x4.splat(1));
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < classes; k++) {
    const excess = f32x4.pmax(f32x4.sub(score(k), threshold), f32x4.splat(0));
    sum = f32x4.add(sum, v128.andnot(excess, isLabel(labels, k)));
  }
  return sum;
}

function differentiateHinge(labels: v128, live: v128): void {
  const threshold = f32x4.sub(labelScore(labels), f32x4.splat(1));
  let violations = f32x4.splat(0);
  for (let k: usize = 0; k < classes; k++) {
    const violates = v128.andnot(f32x4.gt(score(k), threshold), isLabel(labels, k));
    const gradient = v128.and(v128.and(violates, f32x4.splat(1)), live);
    setResult(k, gradient);
    violations = f32x4.add(violations, gradient);
  }
  for (let k: usize = 0; k < classes; k++) {
    setResult(k, f32x4.sub(result(k), v128.and(violations, isLabel(labels, k))));
  }
}
