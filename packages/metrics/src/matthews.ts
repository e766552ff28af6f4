import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { answeredOf, type PredictedRows, predictedRows } from "./accumulators/predicted-rows.ts";
import { classCounts } from "./average.ts";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * Matthews' correlation coefficient of labels and answers, -1 to 1, for any number of classes. With `t_k` images of class
 * k, `p_k` answers k, `c` right ones and `s` images:
 * `(c s - Σ t_k p_k) / sqrt((s² - Σ p_k²) (s² - Σ t_k²))`. 0 where all labels, or all answers, are the same.
 *
 * Source: Gorodkin, Comparing two K-category assignments by a K-category correlation coefficient, 2004; scikit-learn's
 * `matthews_corrcoef`.
 */
export function matthews(options: MetricOptions = {}): Metric<PredictedRows> {
  checkNames("matthews", options, []);
  const { name = "matthews", splits = SPLITS } = options;
  return {
    description: "Matthews' coefficient: the correlation of labels and answers.",
    name,
    splits,
    direction: "max",
    display: { range: [-1, 1], baseline: 0 },
    ...predictedRows,
    result(counts) {
      const { classes } = counts;
      let [images, right, chance] = [0, 0, 0];
      // Those without an answer count as one answer more.
      let [answeredSquares, supportSquares] = [answeredOf(counts, classes) ** 2, 0];
      for (const { truePositives, answered, support } of classCounts(counts)) {
        images += support;
        right += truePositives;
        chance += support * answered;
        answeredSquares += answered ** 2;
        supportSquares += support ** 2;
      }
      if (images === 0) return null;
      const scale = Math.sqrt((images ** 2 - answeredSquares) * (images ** 2 - supportSquares));
      return scale === 0 ? 0 : (right * images - chance) / scale;
    },
  };
}
