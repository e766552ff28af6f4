import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { type ClassThresholds, classCurves, LEAST_STEP, type Places } from "./class-curves.ts";
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
    name,
    splits,
    kind: "curves",
    display: { axes: ["Recall", "Precision"] },
    ...scoredRows,
    result: (rows) => classCurves(rows, precisionRecallPlaces),
  };
}

function precisionRecallPlaces({ truePositives, falsePositives, own }: ClassThresholds): Places | undefined {
  if (own === 0) return undefined;
  const places: Places = { x: [], y: [] };
  let [recall, precision] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const last = truePositives.length - 1;
  for (let i = 0; i <= last; i++) {
    const found = truePositives[i] as number;
    const x = found / own;
    const y = found / (found + (falsePositives[i] as number));
    if (i < last && x - recall < LEAST_STEP && Math.abs(y - precision) < LEAST_STEP) continue;
    [recall, precision] = [x, y];
    places.x.push(x);
    places.y.push(y);
  }
  return places;
}
