import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { classCurves } from "./class-curves.ts";
import { checkNames, HELD_OUT, type MetricOptions } from "./options.ts";

/**
 * The ROC curve of each class against the rest: of the class's images the share that is taken for it, by that of the
 * others, as the threshold on its probability falls. The diagonal is what guessing comes to. Classes that all images, or
 * none, belong to have no curve. In steps of a hundredth; validation and test tell it where `splits` is left out.
 *
 * Source: Fawcett, An introduction to ROC analysis, 2006; scikit-learn's `roc_curve`.
 */
export function rocCurves(options: MetricOptions = {}): Metric<ScoredRows, "curves"> {
  const { name = "roc-curves", splits = HELD_OUT } = options;
  checkNames("rocCurves", options, []);
  return {
    description: "The ROC curve of each class against the rest.",
    ...{ name, splits, kind: "curves" },
    display: { axes: ["False positive rate", "True positive rate"], diagonal: true },
    ...scoredRows,
    result: (rows) =>
      classCurves(rows, (own, others) => {
        if (own === 0 || others === 0) return undefined;
        return { beginsAtZero: true, x: (_, wrong) => wrong / others, y: (found) => found / own };
      }),
  };
}
