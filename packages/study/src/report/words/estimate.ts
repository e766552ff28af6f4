// Figures with how far they may be off, by other images and by other seeds, and how two of them compare.
import type { Spread } from "@trainscope/core/analysis";
import { type Comparison, judge } from "../../judge.ts";

/** A mean and how far it may be off. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  /** Of freedom, of the standard error; infinite where it isn't given. */
  readonly degrees?: number | undefined;
}

/** With fewer runs their spread says too little to be judged by. */
const LEAST_SEEDS = 3;

/** Whether estimates of a study hold the spread over its seeds. */
export function restsOnSeeds(seeds: number): boolean {
  return seeds >= LEAST_SEEDS;
}

/**
 * An accuracy over seeds, or a difference of two or more when `images` names as many numbers. The standard error is
 * that of a fraction of so many images, `sqrt(p (1 - p) / n)`, with p = 1/2 at the most for each of several; with three
 * runs or more it holds the runs' deviation over the root of their number as well. `null` where there is no value.
 */
export function estimateOf({ values, mean, deviation }: Spread, images: readonly number[]): Estimate | null {
  if (mean === null) return null;
  const runs = values.filter((value) => value !== null).length;
  const p = images.length > 1 ? 0.5 : mean;
  const ofImages = images.reduce((sum, n) => sum + (p * (1 - p)) / n, 0);
  if (!restsOnSeeds(runs) || deviation === null) return { value: mean, standardError: Math.sqrt(ofImages) };
  const ofSeeds = deviation ** 2 / runs;
  return {
    value: mean,
    standardError: Math.sqrt(ofSeeds + ofImages),
    degrees: degreesOf([{ variance: ofSeeds, degrees: runs - 1 }, { variance: ofImages }]),
  };
}

interface Variance {
  readonly variance: number;
  readonly degrees?: number | undefined;
}

/** Degrees of freedom of a sum of variances (Welch 1947, Satterthwaite 1946). */
function degreesOf(parts: readonly Variance[]): number {
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  const spent = parts.reduce(
    (sum, { variance, degrees = Number.POSITIVE_INFINITY }) => sum + variance ** 2 / degrees,
    0,
  );
  return spent === 0 ? Number.POSITIVE_INFINITY : total ** 2 / spent;
}

/** Of a fraction of `images` that were drawn independently. */
export function standardErrorOf(fraction: number, images: number): number {
  return Math.sqrt((fraction * (1 - fraction)) / images);
}

/** How `a` compares with `b`, neither of which says anything of the other. */
export function compare(a: Estimate, b: Estimate): Comparison {
  const degrees = degreesOf([a, b].map((one) => ({ variance: one.standardError ** 2, degrees: one.degrees })));
  return judge(a.value - b.value, Math.hypot(a.standardError, b.standardError), degrees);
}

/**
 * How figures of two settings compare that were run with the same seeds, in the same order: by their differences seed
 * by seed, as far as both have a value. `images` is as for `estimateOf`, of one of the two. That both are of the same
 * images would make the error smaller, but by how much can't be known from the figures alone.
 */
export function compareBySeed(a: Spread, b: Spread, images: readonly number[]): Comparison {
  const differences = a.values.flatMap((value, seed) => {
    const other = b.values[seed] ?? null;
    return value === null || other === null ? [] : [value - other];
  });
  const difference = estimateOf(spreadOf(differences), [...images, ...images]);
  return difference === null
    ? "no clear difference"
    : judge(difference.value, difference.standardError, difference.degrees);
}

function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  if (n === 0) return { values, mean: null, deviation: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, mean, deviation: n === 1 ? null : Math.sqrt(squares / (n - 1)) };
}

export interface Trend {
  /** Change an epoch. */
  readonly slope: number;
  readonly standardError: number;
  /** Epochs that it was fitted to. */
  readonly epochs: number;
  /** Of freedom, of the standard error. */
  readonly degrees: number;
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
  const degrees = n - 2;
  return { slope, standardError: Math.sqrt(residuals / degrees / spread), epochs: n, degrees };
}
