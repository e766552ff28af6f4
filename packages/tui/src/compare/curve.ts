// A run's values of a metric along the axis that runs are aligned by: epochs, or the time that training took.
import type { PlacedRun } from "./comparison.ts";

export const ALIGNMENTS = ["epoch", "time"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

export interface Curve {
  /** Rising: epochs, or seconds of training and evaluation; pauses don't count. */
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
  /** Whether the first point is its parent's, where it was forked. */
  readonly isForked: boolean;
}

const made = new WeakMap<PlacedRun, Map<string, Curve>>();

/**
 * Times are multiplied by `perSecond`. The same object each time, as a chart remembers what it has found of its values.
 */
export function curveOf(run: PlacedRun, tag: string, by: Alignment, perSecond = 1): Curve {
  const ofRun = made.get(run) ?? new Map<string, Curve>();
  made.set(run, ofRun);
  const key = `${by} ${perSecond} ${tag}`;
  const curve = ofRun.get(key) ?? makeCurve(run, tag, (one) => positionsOf(one, by, perSecond));
  ofRun.set(key, curve);
  return curve;
}

function makeCurve(run: PlacedRun, tag: string, positions: (run: PlacedRun) => readonly number[]): Curve {
  const values = run.history.series.get(tag) ?? [];
  // Without a value of its own it has no curve, whatever its parent had.
  const at = values.length === 0 ? [] : positions(run);
  const { origin } = run;
  const value = origin?.run.history.series.get(tag)?.[origin.index];
  if (origin === undefined || value === undefined || value === null || values.length === 0) {
    return { at, values, isForked: false };
  }
  const from = positions(origin.run)[origin.index] ?? 0;
  return { at: [from, ...at], values: [value, ...values], isForked: true };
}

/** Of the ends of its epochs. */
export function positionsOf(
  { history, seconds, secondsBefore }: PlacedRun,
  by: Alignment,
  perSecond = 1,
): readonly number[] {
  if (by === "epoch") return history.epochs;
  return seconds.map((one) => (secondsBefore + one) * perSecond);
}

/** What seconds are told in, so that whole numbers are enough for an axis. */
export interface TimeUnit {
  readonly name: "ms" | "s" | "min" | "h";
  /** How many of it a second is. */
  readonly perSecond: number;
}

export function timeUnitFor(runs: readonly PlacedRun[]): TimeUnit {
  const longestSeconds = Math.max(0, ...runs.map((run) => run.secondsBefore + (run.seconds.at(-1) ?? 0)));
  if (longestSeconds < 10) return { name: "ms", perSecond: 1000 };
  if (longestSeconds < 2 * 3600) return { name: "s", perSecond: 1 };
  if (longestSeconds < 100 * 3600) return { name: "min", perSecond: 1 / 60 };
  return { name: "h", perSecond: 1 / 3600 };
}
