// l = sum over k != y of max(0, s_k - s_y + 1) (Weston & Watkins 1999). The probabilities it gives are the softmax
// of the scores: they rank the classes, but are not calibrated.
import type { Loss } from "./loss.ts";
import { softmaxRow } from "./softmax-cross-entropy.ts";

const MARGIN = 1;

export const multiclassSvm: Loss = {
  name: "svm",

  evaluate(scores, labels, rows, probabilities, losses) {
    const classes = scores.columns;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      softmaxRow(scores, row, probabilities, losses);
      const target = start + (labels[row] as number);
      const threshold = (scores.data[target] as number) - MARGIN;
      let sum = 0;
      for (let k = start; k < start + classes; k++) {
        if (k !== target) sum += Math.max(0, (scores.data[k] as number) - threshold);
      }
      losses[row] = sum;
    }
  },

  gradient(scores, _probabilities, labels, rows, out) {
    const classes = scores.columns;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      const target = start + (labels[row] as number);
      const threshold = (scores.data[target] as number) - MARGIN;
      let violations = 0;
      for (let k = start; k < start + classes; k++) {
        const violates = k !== target && (scores.data[k] as number) > threshold;
        out.data[k] = violates ? 1 : 0;
        if (violates) violations++;
      }
      out.data[target] = -violations;
    }
  },
};
