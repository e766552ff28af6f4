import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import type { RankingOptions } from "./auroc.ts";
import { checkNames, checkWhole, HELD_OUT } from "./options.ts";
import { meanOverClasses, type Thresholds } from "./thresholds.ts";

/**
 * Average precision, one class against the rest, mean over classes: with precision `P_i` and recall `R_i` at the i-th
 * threshold `Σ_i (R_i - R_{i-1}) P_i`. Classes without images are left out; `null` where none is left.
 *
 * Source: Zhu, Recall, precision and average precision, 2004; scikit-learn's `average_precision_score`.
 */
export function averagePrecision(options: RankingOptions = {}): Metric<ScoredRows> {
  checkNames("averagePrecision", options, ["bins"]);
  const { bins, name = "average-precision", splits = HELD_OUT } = options;
  if (bins !== undefined) checkWhole("averagePrecision", "bins", bins, 2);
  return {
    description: "The area under precision by recall, each class against the rest.",
    name,
    splits,
    direction: "max",
    display: { range: [0, 1] },
    ...scoredRows,
    result: (rows) => meanOverClasses(rows, bins, areaUnderPrecision),
  };
}

/** A sum of steps, without interpolation; `null` without images of the class. */
export function areaUnderPrecision({ own, truePositives, falsePositives }: Thresholds): number | null {
  if (own === 0) return null;
  let area = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i] as number;
    if (found > before) area += ((found - before) * found) / (found + (falsePositives[i] as number));
    before = found;
  }
  return area / own;
}
