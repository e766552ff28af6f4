import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { type RowMean, rowMean } from "./accumulators/row-mean.ts";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * The negative log-likelihood of the labels, `mean(-log p_y)`, in nats, whatever loss is trained on. A probability below
 * 2.2e-16 (the distance from 1 to the next number) counts as that, so that one image can't make it infinite.
 *
 * Source: scikit-learn's `log_loss`, the clipping included.
 */
export function negativeLogLikelihood(options: MetricOptions = {}): Metric<RowMean> {
  checkNames("negativeLogLikelihood", options, []);
  const { name = "nll", splits = SPLITS } = options;
  return {
    description: "The mean of -log p of the labels, whatever loss is trained on.",
    name,
    splits,
    direction: "min",
    unit: "nats",
    ...rowMean(({ size, probabilities, classes, labels }) => {
      let sum = 0;
      for (let row = 0; row < size; row++) {
        const own = probabilities[row * classes + (labels[row] as number)] as number;
        sum -= Math.log(Math.max(own, Number.EPSILON));
      }
      return sum;
    }),
  };
}
