// When a difference counts as one: the single place that decides what the report's words may claim.
import type { Spread } from "@trainscope/core";

/** A mean and how far it may be off. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

export type Comparison = "higher" | "lower" | "no clear difference";

/** A difference of so many of its standard errors counts. */
export const CLEAR = 2;

/** With fewer runs their spread says too little to be judged by. */
const LEAST_SEEDS = 3;

/** Whether estimates of a study rest on the spread over its seeds rather than on the number of images. */
export function restsOnSeeds(seeds: number): boolean {
  return seeds >= LEAST_SEEDS;
}

/**
 * An accuracy over seeds, or a difference of two when `images` names two numbers: with three runs or more the standard
 * error is their deviation over the root of their number; with fewer that of a fraction of so many images,
 * `sqrt(p (1 - p) / n)` with p = 1/2 at the most. `null` where there is no value.
 */
export function estimateOf(spread: Spread, images: readonly number[]): Estimate | null {
  const runs = spread.values.filter((value) => value !== null).length;
  if (spread.mean === null) return null;
  if (restsOnSeeds(runs) && spread.deviation !== null) {
    return { value: spread.mean, standardError: spread.deviation / Math.sqrt(runs) };
  }
  const p = images.length > 1 ? 0.5 : spread.mean;
  const variance = images.reduce((sum, n) => sum + (p * (1 - p)) / n, 0);
  return { value: spread.mean, standardError: Math.sqrt(variance) };
}

/** Of a fraction of `images` that were drawn independently. */
export function standardErrorOf(fraction: number, images: number): number {
  return Math.sqrt((fraction * (1 - fraction)) / images);
}

/** How `a` compares with `b`. */
export function compare(a: Estimate, b: Estimate): Comparison {
  return judge(a.value - b.value, Math.hypot(a.standardError, b.standardError));
}

/** What a difference and its standard error allow to say. Without an error to go by, nothing but equality is unclear. */
export function judge(difference: number, standardError: number): Comparison {
  if (!(Math.abs(difference) > CLEAR * standardError)) return "no clear difference";
  return difference > 0 ? "higher" : "lower";
}

export interface Trend {
  /** Change an epoch. */
  readonly slope: number;
  readonly standardError: number;
  /** Epochs that it was fitted to. */
  readonly epochs: number;
}

/** At least so many epochs make a trend. */
const LEAST_TREND = 5;

/** A straight line through the last quarter of the values (least squares); `null` where there are too few. */
export function trendOf(values: readonly (number | null)[]): Trend | null {
  const stretch = values.slice(-Math.max(LEAST_TREND, Math.ceil(values.length / 4)));
  const known = stretch.flatMap((value, x) => (value === null ? [] : [{ x, y: value }]));
  const n = known.length;
  if (n < LEAST_TREND) return null;
  const [meanX, meanY] = [
    known.reduce((sum, { x }) => sum + x, 0) / n,
    known.reduce((sum, { y }) => sum + y, 0) / n,
  ];
  const spread = known.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const slope = known.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residuals = known.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, standardError: Math.sqrt(residuals / (n - 2) / spread), epochs: n };
}
