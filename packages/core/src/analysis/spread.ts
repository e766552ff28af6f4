// A figure, or a curve, over several seeds: mean and sample standard deviation.

/** Mean and sample standard deviation of the seeds that have a value; `null` where too few have. */
export function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null);
  const count = known.length;
  if (count === 0) return { values, mean: null, deviation: null };
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { values, mean, deviation: null };
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, mean, deviation: Math.sqrt(squares / (count - 1)) };
}

/** Of series that are aligned by epoch; as long as the longest of them. */
export function curveSpreadOf(series: readonly (readonly (number | null)[])[]): CurveSpread {
  const length = Math.max(0, ...series.map((values) => values.length));
  const spreads = Array.from({ length }, (_, index) => spreadOf(series.map((values) => values[index] ?? null)));
  return { mean: spreads.map(({ mean }) => mean), deviation: spreads.map(({ deviation }) => deviation) };
}

/** A figure over seeds. */
export interface Spread {
  /** One a seed; `null` where that run has none. */
  readonly values: readonly (number | null)[];
  /** Of the values there are; `null` where there is none. */
  readonly mean: number | null;
  /** Sample standard deviation (divided by n - 1); `null` for fewer than two values. */
  readonly deviation: number | null;
}

/** A tag's values over epochs: mean and sample standard deviation over seeds, `null` as in `Spread`. */
export interface CurveSpread {
  readonly mean: readonly (number | null)[];
  readonly deviation: readonly (number | null)[];
}
