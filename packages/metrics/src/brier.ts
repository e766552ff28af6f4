import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { type RowMean, rowMean } from "./accumulators/row-mean.ts";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * Brier's score, 0 to 2: the squared distance of the probabilities from the truth, `mean_i Σ_k (p_ik - [y_i = k])²`. Least
 * where probabilities are right and honest.
 *
 * Source: Brier, Verification of forecasts expressed in terms of probability, 1950.
 */
export function brier(options: MetricOptions = {}): Metric<RowMean> {
  checkNames("brier", options, []);
  const { name = "brier", splits = SPLITS } = options;
  return {
    description: "Brier's score: the squared distance of the probabilities from the truth.",
    name,
    splits,
    direction: "min",
    ...rowMean(({ size, probabilities, classes, labels }) => {
      let sum = 0;
      for (let row = 0; row < size; row++) {
        const label = labels[row] as number;
        for (let k = 0; k < classes; k++) {
          const error = (probabilities[row * classes + k] as number) - (k === label ? 1 : 0);
          sum += error * error;
        }
      }
      return sum;
    }),
  };
}
