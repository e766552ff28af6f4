import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { type RowMean, rowMean } from "./accumulators/row-mean.ts";
import { logarithmOf } from "./float-logarithm.ts";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * How undecided the model is: `mean_i(-Σ_k p_ik log p_ik)`, in nats, 0 where it is certain of every image, `log K` where it
 * knows nothing. `0 log 0` is 0.
 *
 * Source: Shannon, A mathematical theory of communication, 1948.
 */
export function entropy(options: MetricOptions = {}): Metric<RowMean> {
  checkNames("entropy", options, []);
  const { name = "entropy", splits = SPLITS } = options;
  return {
    description: "How undecided the model is: the mean entropy of its probabilities.",
    name,
    splits,
    direction: "none",
    unit: "nats",
    ...rowMean(({ size, probabilities, classes }) => {
      const values = probabilities.subarray(0, size * classes);
      return values instanceof Float32Array ? entropyOfFloats(values) : entropyOfDoubles(values);
    }),
  };
}

function entropyOfDoubles(probabilities: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i] as number;
    if (probability !== 0) sum -= probability * Math.log(probability);
  }
  return sum;
}

const SMALLEST_NORMAL = 2 ** -126;

function entropyOfFloats(probabilities: Float32Array): number {
  const bits = new Uint32Array(probabilities.buffer, probabilities.byteOffset, probabilities.length);
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i] as number;
    if (probability >= SMALLEST_NORMAL && probability < 1) {
      sum -= probability * logarithmOf(bits[i] as number);
    } else if (probability !== 0) sum -= probability * Math.log(probability);
  }
  return sum;
}
