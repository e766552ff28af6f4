import type { Metric } from "@trainscope/core";
import { type ScoredRows, scoredRows } from "./accumulators/scored-rows.ts";
import { checkNames, checkWhole, HELD_OUT, type MetricOptions } from "./options.ts";
import { meanOverClasses, type Thresholds } from "./thresholds.ts";

/** What metrics that sort by probability take. */
export interface RankingOptions extends MetricOptions {
  /** Probabilities are told apart by so many steps only; exactly where it is left out. */
  readonly bins?: number;
}

/**
 * The area under the ROC curve, one class against the rest, mean over classes: how likely an image of the class gets more
 * of its probability than another one, equals counting half. Classes that all images, or none, belong to are left out;
 * `null` where none is left.
 *
 * Source: Hanley and McNeil, The meaning and use of the area under a receiver operating characteristic curve, 1982;
 * scikit-learn's `roc_auc_score`, `multi_class="ovr"`.
 */
export function auroc(options: RankingOptions = {}): Metric<ScoredRows> {
  checkNames("auroc", options, ["bins"]);
  const { bins, name = "auroc", splits = HELD_OUT } = options;
  if (bins !== undefined) checkWhole("auroc", "bins", bins, 2);
  return {
    description: "How well probabilities rank a class's images above others: the area under the ROC curve.",
    name,
    splits,
    direction: "max",
    display: { range: [0, 1], baseline: 0.5 },
    ...scoredRows,
    result: (rows) => meanOverClasses(rows, bins, areaUnderRoc),
  };
}

/**
 * By the trapezoidal rule: what is found at a threshold comes before the others that are below it, and before half of those that are
 * equal. `null` without images of the class, or of others.
 */
export function areaUnderRoc(thresholds: Thresholds): number | null {
  const { own, others, truePositives, above, falsePositives } = thresholds;
  if (own === 0 || others === 0) return null;
  let area = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i] as number;
    area += (found - before) * (others - ((above[i] as number) + (falsePositives[i] as number)) / 2);
    before = found;
  }
  return area / (own * others);
}
