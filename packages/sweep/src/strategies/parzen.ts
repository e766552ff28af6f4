// The one-dimensional densities of a tree-structured Parzen estimator: Bergstra et al. 2011, "Algorithms for Hyper-Parameter
// Optimization", section 4.
import type { Random } from "@trainscope/core";

export interface Density<Value> {
  draw(random: Random): Value;
  logDensity(value: Value): number;
}

/** Of so many kernels none is narrower than one in a hundred of the range. */
const MOST_NARROW = 100;

/**
 * On 0 to 1: a mixture, equally weighted, of the uniform prior and a Gaussian at each observation, cut off at the ends. A
 * Gaussian's deviation is the greater of the distances to its neighbours, the ends among them, within limits.
 */
export function parzenDensity(observations: readonly number[]): Density<number> {
  const sorted = observations.toSorted((a, b) => a - b);
  const least = 1 / Math.min(MOST_NARROW, sorted.length + 1);
  const kernels = sorted.map((mean, index) => {
    const distance = Math.max(mean - (sorted[index - 1] ?? 0), (sorted[index + 1] ?? 1) - mean);
    const deviation = Math.min(1, Math.max(least, distance));
    const mass = normalCdf((1 - mean) / deviation) - normalCdf(-mean / deviation);
    return { mean, deviation, height: 1 / (deviation * Math.sqrt(2 * Math.PI) * mass) };
  });
  return {
    draw(random) {
      const kernel = kernels[random.integer(kernels.length + 1)];
      if (kernel === undefined) return random.uniform();
      // A third of the mass at least is inside: the mean is, and the deviation is at most 1.
      for (;;) {
        const value = kernel.mean + kernel.deviation * random.normal();
        if (value >= 0 && value <= 1) return value;
      }
    },
    logDensity(value) {
      const sum = kernels.reduce(
        (total, { mean, deviation, height }) =>
          total + height * Math.exp(-0.5 * ((value - mean) / deviation) ** 2),
        1,
      );
      return Math.log(sum / (kernels.length + 1));
    },
  };
}

/** Over `count` choices, each by its number: proportional to one, the prior's, and how often it was observed. */
export function choiceDensity(observations: readonly number[], count: number): Density<number> {
  const weights = Array.from({ length: count }, () => 1);
  for (const choice of observations) weights[choice] = (weights[choice] as number) + 1;
  const total = count + observations.length;
  return {
    draw(random) {
      let left = random.integer(total);
      return weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
    },
    logDensity: (choice) => Math.log((weights[choice] as number) / total),
  };
}

/** Of the normal distribution; Abramowitz & Stegun 7.1.26, to 1.5e-7. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = 0.5 * series * Math.exp(-x * x);
  return z > 0 ? 1 - upper : upper;
}
