// l = -log p_y with p = softmax(s).
import type { Matrix } from "../tensor/matrix.ts";
import type { Loss } from "./loss.ts";

/**
 * Softmax of one row, from `scores[start ...]` to `out[start ...]`; gives `log(sum(exp(s)))`.
 * Scores are shifted by their largest first, so that no exponential overflows.
 */
export function softmaxRow(scores: Float64Array, out: Float64Array, start: number, classes: number): number {
  const end = start + classes;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = start; k < end; k++) largest = Math.max(largest, scores[k] as number);
  let sum = 0;
  for (let k = start; k < end; k++) {
    const exponential = Math.exp((scores[k] as number) - largest);
    out[k] = exponential;
    sum += exponential;
  }
  for (let k = start; k < end; k++) out[k] = (out[k] as number) / sum;
  return largest + Math.log(sum);
}

export const softmaxCrossEntropy: Loss = {
  name: "softmax",

  evaluate(scores, labels, rows, probabilities, losses) {
    const classes = scores.columns;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      const logSumExp = softmaxRow(scores.data, probabilities.data, start, classes);
      // log(sum(exp(s))) - s_y is -log p_y, and stays finite where p_y underflows to 0.
      losses[row] = logSumExp - (scores.data[start + (labels[row] as number)] as number);
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
