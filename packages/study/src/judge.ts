// When a difference counts as one: the single place that decides it, for charts and for words.

export type Comparison = "higher" | "lower" | "no clear difference";

/** So many standard errors count where those are well known: the normal distribution's 97.5 % quantile is 1.96. */
export const CLEAR = 2;

/**
 * The 97.5 % quantile of Student's t for 1, 2, 3 ... degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods,
 * table 1.3.6.7.2). From there on it is `CLEAR`, to a fiftieth.
 */
const QUANTILES: readonly number[] = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12,
  2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Standard errors that a difference must exceed where they were measured with so many degrees of freedom, at least 1. */
export function clearAt(degrees: number): number {
  return QUANTILES[Math.floor(degrees) - 1] ?? CLEAR;
}

/** What a difference and its standard error allow to say. Without an error to go by, nothing but equality is unclear. */
export function judge(
  difference: number,
  standardError: number,
  degrees = Number.POSITIVE_INFINITY,
): Comparison {
  if (!(Math.abs(difference) > clearAt(degrees) * standardError)) return "no clear difference";
  return difference > 0 ? "higher" : "lower";
}
