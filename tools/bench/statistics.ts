// Medians, and ratios of measurements that belong together. Nothing here knows what was measured.

export interface Spread {
  readonly median: number;
  readonly minimum: number;
  /** Half the distance between the quartiles, as a fraction of the median. */
  readonly spread: number;
}

/** The `fraction` quantile (0 to 1), between two neighbours where it falls between them. `NaN` of nothing. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function summarise(values: readonly number[]): Spread {
  const middle = median(values);
  return {
    median: middle,
    minimum: quantile(values, 0),
    spread: (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / middle,
  };
}

/**
 * Median of `values[i] / base[i]`. Both of a pair come from the same round, so what slows the machine for a while
 * slows both and cancels out. Throws `RangeError` unless there are as many of the one as of the other.
 */
export function pairedRatio(values: readonly number[], base: readonly number[]): number {
  if (values.length !== base.length) {
    throw new RangeError(`${values.length} values for ${base.length} of the base; expected as many`);
  }
  return median(values.map((value, i) => value / (base[i] ?? Number.NaN)));
}
