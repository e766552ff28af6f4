// l = -log p_y with p = softmax(s).
import { requireArgument, TrainscopeError } from "../errors.ts";
import type { Matrix } from "../tensor/matrix.ts";
import type { Loss } from "./loss.ts";

/**
 * Softmax of row `row` of `n x K` scores into `out`, and `log(sum(exp(s)))` into `logSumExps[row]`, which is `n`.
 * Scores are shifted by their largest first, so that no exponential overflows.
 */
export function softmaxRow(scores: Matrix, row: number, out: Matrix, logSumExps: Float64Array): void {
  const start = row * scores.columns;
  const end = start + scores.columns;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = start; k < end; k++) largest = Math.max(largest, scores.data[k] as number);
  let sum = 0;
  for (let k = start; k < end; k++) {
    const exponential = Math.exp((scores.data[k] as number) - largest);
    out.data[k] = exponential;
    sum += exponential;
  }
  for (let k = start; k < end; k++) out.data[k] = (out.data[k] as number) / sum;
  logSumExps[row] = largest + Math.log(sum);
}

/**
 * Softmax of each row of `n x classes` scores, row-major; of a single row where `classes` is left out. The largest score
 * is subtracted first, so that nothing overflows.
 *
 * @example
 * softmax([1, 2, 3]); // [0.09, 0.24, 0.67]
 */
export function softmax(scores: ArrayLike<number>, classes = scores?.length): Float64Array {
  requireArgument("softmax", "scores", scores, "numbers");
  const rows = scores.length / classes;
  if (scores.length > 0 && !Number.isInteger(rows)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `${scores.length} scores for ${classes} classes; expected whole rows`,
    );
  }
  const matrix = { rows, columns: classes, data: Float64Array.from(scores) };
  const out = { rows, columns: classes, data: new Float64Array(scores.length) };
  const logSumExps = new Float64Array(rows);
  for (let row = 0; row < rows; row++) softmaxRow(matrix, row, out, logSumExps);
  return out.data;
}

export const softmaxCrossEntropy: Loss = {
  name: "softmax",

  evaluate(scores, labels, rows, probabilities, losses) {
    const classes = scores.columns;
    for (let row = 0; row < rows; row++) {
      softmaxRow(scores, row, probabilities, losses);
      // log(sum(exp(s))) - s_y is -log p_y, and stays finite where p_y underflows to 0.
      const target = row * classes + (labels[row] as number);
      losses[row] = (losses[row] as number) - (scores.data[target] as number);
    }
  },

  gradient(_scores, probabilities, labels, rows, out) {
    subtractOneHot(probabilities, labels, rows, out);
  },
};

/** `out = P - Y`, where Y is 1 at each row's label and 0 elsewhere. */
export function subtractOneHot(probabilities: Matrix, labels: Uint8Array, rows: number, out: Matrix): void {
  const classes = probabilities.columns;
  for (let i = 0; i < rows * classes; i++) out.data[i] = probabilities.data[i] as number;
  for (let row = 0; row < rows; row++) {
    const target = row * classes + (labels[row] as number);
    out.data[target] = (out.data[target] as number) - 1;
  }
}
