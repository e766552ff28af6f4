import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { type PredictedRows, predictedRows } from "./accumulators/predicted-rows.ts";
import { classCounts } from "./average.ts";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * Cohen's kappa: how much more often answers agree with labels than they would by chance, -1 to 1. With the share `a` of
 * right answers and `e = Σ (share of label k) (share of answer k)`: `(a - e) / (1 - e)`. `null` without any rows, and
 * where chance alone agrees always.
 *
 * Source: Cohen, A coefficient of agreement for nominal scales, 1960; scikit-learn's `cohen_kappa_score`.
 */
export function cohenKappa(options: MetricOptions = {}): Metric<PredictedRows> {
  checkNames("cohenKappa", options, []);
  const { name = "cohen-kappa", splits = SPLITS } = options;
  return {
    description: "Cohen's kappa: how much more often answers are right than by chance.",
    name,
    splits,
    direction: "max",
    display: { range: [-1, 1], baseline: 0 },
    ...predictedRows,
    result(counts) {
      let [images, right, chance] = [0, 0, 0];
      for (const { truePositives, answered, support } of classCounts(counts)) {
        images += support;
        right += truePositives;
        chance += support * answered;
      }
      const rest = images ** 2 - chance;
      return rest === 0 ? null : (right * images - chance) / rest;
    },
  };
}
