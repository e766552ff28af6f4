import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { classCurves } from "./class-curves.ts";
import { checkNames, HELD_OUT, type MetricOptions } from "./options.ts";

/**
 * Precision by recall of each class against the rest, as the threshold on its probability falls. Classes without images
 * have no curve. In steps of a hundredth; validation and test tell it where `splits` is left out.
 *
 * Source: Davis and Goadrich, The relationship between precision-recall and ROC curves, 2006; scikit-learn's
 * `precision_recall_curve`.
 */
export function precisionRecallCurves(options: MetricOptions = {}): Metric<ScoredRows, "curves"> {
  const { name = "precision-recall-curves", splits = HELD_OUT } = options;
  checkNames("precisionRecallCurves", options, []);
  return {
    description: "Precision by recall of each class against the rest.",
    ...{ name, splits, kind: "curves", display: { axes: ["Recall", "Precision"] } },
    ...scoredRows,
    result: (rows) =>
      classCurves(rows, (own) => {
        if (own === 0) return undefined;
        return { beginsAtZero: false, x: (found) => found / own, y: (found, wrong) => found / (found + wrong) };
      }),
  };
}
