import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { type ClassThresholds, classCurves, LEAST_STEP, type Places } from "./class-curves.ts";
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
    name,
    splits,
    kind: "curves",
    display: { axes: ["False positive rate", "True positive rate"], diagonal: true },
    ...scoredRows,
    result: (rows) => classCurves(rows, rocPlaces),
  };
}

function rocPlaces({ truePositives, falsePositives, own, others }: ClassThresholds): Places | undefined {
  if (own === 0 || others === 0) return undefined;
  // Above all thresholds.
  const places: Places = { x: [0], y: [0] };
  let [up, across] = [0, 0];
  const last = truePositives.length - 1;
  for (let i = 0; i <= last; i++) {
    const found = truePositives[i] as number;
    const wrong = falsePositives[i] as number;
    if (i < last && wrong - across < LEAST_STEP * others && found - up < LEAST_STEP * own) continue;
    [up, across] = [found, wrong];
    places.x.push(wrong / others);
    places.y.push(found / own);
  }
  return places;
}
