import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { classCurves, type Line } from "./class-curves.ts";
import { checkNames, HELD_OUT, type MetricOptions } from "./options.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * The ROC curve of each class against the rest: of the class's images the share that is taken for it, by that of the
 * others, as the threshold on its probability falls. The diagonal is what guessing comes to. Classes that all images, or
 * none, belong to have no curve. In steps of a fiftieth; validation and test tell it where `splits` is left out.
 *
 * Source: Fawcett, An introduction to ROC analysis, 2006; scikit-learn's `roc_curve`.
 */
export function rocCurves(options: MetricOptions = {}): Metric<ScoredRows, "curves"> {
  checkNames("rocCurves", options, []);
  const { name = "roc-curves", splits = HELD_OUT } = options;
  return {
    description: "The ROC curve of each class against the rest.",
    name,
    splits,
    kind: "curves",
    display: { axes: ["False positive rate", "True positive rate"], diagonal: true },
    ...scoredRows,
    result: (rows) => classCurves(rows, drawRoc),
  };
}

function drawRoc(thresholds: Thresholds, line: Line): boolean {
  const { own, others, truePositives, above, falsePositives } = thresholds;
  if (own === 0 || others === 0) return false;
  // Above all thresholds.
  line.goTo(0, 0);
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i] as number;
    // Level until the next of the class is found.
    line.goTo((above[i] as number) / others, before / own);
    line.goTo((falsePositives[i] as number) / others, found / own);
    before = found;
  }
  line.endAt(1, 1);
  return true;
}
