import type { Metric } from "@trainscope/core";
import { type RowMean, rowMean } from "./accumulators/row-mean.ts";
import { checkNames, EVERY_SPLIT, type MetricOptions } from "./options.ts";

/**
 * How undecided the model is: `mean_i(-Σ_k p_ik log p_ik)`, in nats, 0 where it is certain of every image, `log K` where it
 * knows nothing. `0 log 0` is 0.
 *
 * Source: Shannon, A mathematical theory of communication, 1948.
 */
export function entropy(options: MetricOptions = {}): Metric<RowMean> {
  const { name = "entropy", splits = EVERY_SPLIT } = options;
  checkNames("entropy", options, []);
  return {
    description: "How undecided the model is: the mean entropy of its probabilities.",
    name,
    splits,
    direction: "none",
    unit: "nats",
    ...rowMean(({ size, probabilities, classes }) => {
      let sum = 0;
      for (let i = 0; i < size * classes; i++) {
        const probability = probabilities[i] as number;
        if (probability !== 0) sum -= probability * Math.log(probability);
      }
      return sum;
    }),
  };
}
