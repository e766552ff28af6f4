// l = mean over k of -(y_k log p_k + (1 - y_k) log(1 - p_k)) with p = sigmoid(s): K classifiers of one against
// the rest. Its gradient is K times smaller than softmax's, so it wants a larger learning rate.
import type { Loss } from "./loss.ts";
import { subtractOneHot } from "./softmax-cross-entropy.ts";

export const binaryCrossEntropy: Loss = {
  name: "bce",

  evaluate(scores, labels, rows, probabilities, losses) {
    const classes = scores.columns;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      let sum = 0;
      for (let k = 0; k < classes; k++) {
        const score = scores.data[start + k] as number;
        probabilities.data[start + k] = 1 / (1 + Math.exp(-score));
        sum += softplus(score);
      }
      losses[row] = (sum - (scores.data[start + (labels[row] as number)] as number)) / classes;
    }
  },

  gradient(_scores, probabilities, labels, rows, out) {
    const classes = probabilities.columns;
    subtractOneHot(probabilities, labels, rows, out);
    for (let i = 0; i < rows * classes; i++) out.data[i] = (out.data[i] as number) / classes;
  },
};

/** `log(1 + exp(s))`, which is `-log(1 - sigmoid(s))`, without overflow. */
function softplus(score: number): number {
  return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
}
