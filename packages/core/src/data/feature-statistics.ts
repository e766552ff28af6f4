// Means and deviations of features: numbers of any size, whose sums would lose digits.
import type { StatisticsCollector } from "./standardise.ts";

/**
 * Welford's recurrence (1962): the mean, and the sum of squares about it, after each row. A component that is constant
 * comes to a deviation of exactly 0, and so to 1.
 */
export function createFeatureStatistics(inputs: number): StatisticsCollector<Float32Array | Float64Array> {
  const means = new Float64Array(inputs);
  const squares = new Float64Array(inputs);
  let count = 0;
  return {
    add(features) {
      for (let start = 0; start < features.length; start += inputs) {
        count++;
        for (let j = 0; j < inputs; j++) {
          const value = features[start + j] as number;
          const before = value - (means[j] as number);
          means[j] = (means[j] as number) + before / count;
          squares[j] = (squares[j] as number) + before * (value - (means[j] as number));
        }
      }
    },
    result() {
      if (count === 0) throw new RangeError("0 rows; expected at least 1 to standardise by");
      // A sum that isn't 0 may give a variance that float64 has no number for.
      const deviations = squares.map((sum) => Math.sqrt(sum / count) || 1);
      return { means: means.slice(), deviations };
    },
  };
}
