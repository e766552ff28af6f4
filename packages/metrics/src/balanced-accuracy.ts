import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { type PredictedRows, predictedRows } from "./accumulators/predicted-rows.ts";
import { classCounts } from "./average.ts";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * The mean recall of the classes that have images: `mean_k(TP_k / (TP_k + FN_k))`. Unlike accuracy it doesn't favour
 * whoever answers with the most frequent class. `null` without any rows.
 *
 * Source: Brodersen et al., The balanced accuracy and its posterior distribution, 2010; scikit-learn's
 * `balanced_accuracy_score`.
 */
export function balancedAccuracy(options: MetricOptions = {}): Metric<PredictedRows> {
  checkNames("balancedAccuracy", options, []);
  const { name = "balanced-accuracy", splits = SPLITS } = options;
  return {
    description: "The mean recall of the classes, each counting the same.",
    name,
    splits,
    direction: "max",
    unit: "fraction",
    display: { range: [0, 1] },
    ...predictedRows,
    result(counts) {
      const present = classCounts(counts).filter(({ support }) => support > 0);
      if (present.length === 0) return null;
      return (
        present.reduce((sum, { truePositives, support }) => sum + truePositives / support, 0) / present.length
      );
    },
  };
}
