import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { classCurves, type Line } from "./class-curves.ts";
import { checkNames, HELD_OUT, type MetricOptions } from "./options.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * Precision by recall of each class against the rest, as the threshold on its probability falls. Classes without images
 * have no curve. In steps of a fiftieth; validation and test tell it where `splits` is left out.
 *
 * Source: Davis and Goadrich, The relationship between precision-recall and ROC curves, 2006; scikit-learn's
 * `precision_recall_curve`.
 */
export function precisionRecallCurves(options: MetricOptions = {}): Metric<ScoredRows, "curves"> {
  checkNames("precisionRecallCurves", options, []);
  const { name = "precision-recall-curves", splits = HELD_OUT } = options;
  return {
    description: "Precision by recall of each class against the rest.",
    name,
    splits,
    kind: "curves",
    display: { axes: ["Recall", "Precision"] },
    ...scoredRows,
    result: (rows) => classCurves(rows, drawPrecisionRecall),
  };
}

function drawPrecisionRecall(thresholds: Thresholds, line: Line): boolean {
  const { own, others, truePositives, above, falsePositives } = thresholds;
  if (own === 0) return false;
  let [before, wrong] = [0, 0];
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i] as number;
    const passed = above[i] as number;
    // Straight down until the next of the class is found.
    if (passed > wrong) line.goTo(before / own, before / (before + passed));
    wrong = falsePositives[i] as number;
    line.goTo(found / own, found / (found + wrong));
    before = found;
  }
  line.endAt(1, own / (own + others));
  return true;
}
