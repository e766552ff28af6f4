// A run's values of a metric along what runs are aligned by: the axis that they count, or the time that training took.

import { TrainscopeError } from "@trainscope/core/errors";
import type { Axis } from "@trainscope/core/events";
import { indexFrom } from "@trainscope/core/history";
import { visible } from "@trainscope/core/text";
import type { Comparison, Origin, PlacedRun } from "./comparison.ts";
import { secondsAt } from "./run-clock.ts";

export const ALIGNMENTS = ["axis", "time"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** As is wanted; where the runs have no axis in common by time, if all of them tell times. */
export function alignmentOf({ axis, runs }: Pick<Comparison, "axis" | "runs">, wanted: Alignment): Alignment {
  return axis === undefined && runs.every(tellsTimes) ? "time" : wanted;
}

/** What is counted along the axis of the runs; where they count differently each lies at its own count. */
export function axisInWords({ axis }: Pick<Comparison, "axis">): string {
  return axis ?? "epoch or step";
}

/** That the runs count differently, and how they are aligned then; `undefined` where they count alike. */
export function describeAxes(comparison: Comparison): string | undefined {
  const { axis, runs } = comparison;
  if (axis !== undefined) return undefined;
  const epochs = runs.filter((run) => run.axis === "epoch").length;
  const counted = `${epochs} of the runs count${epochs === 1 ? "s" : ""} epochs, ${runs.length - epochs} steps`;
  const silent = runs.find((run) => !tellsTimes(run));
  if (silent === undefined) return `${counted}: they are aligned by the time that training took`;
  return `${counted}, and ${silent.name} tells no times: each lies at its own count`;
}

/** A log that was imported may have none. */
function tellsTimes({ clock }: PlacedRun): boolean {
  return (clock.seconds.at(-1) ?? 0) > 0;
}

/** What `--by` asks for. Throws `BAD_OPTION` where not all of the runs count that. */
export function alignmentAsked({ runs, axis }: Comparison, by: Axis | "time" | undefined): Alignment {
  if (by === "time") return "time";
  const other = by === undefined ? undefined : runs.find((run) => run.axis !== by);
  if (other === undefined) return "axis";
  throw new TrainscopeError("BAD_OPTION", `--by is ${by}, but ${visible(other.name)} counts ${other.axis}s`, {
    hint:
      axis === undefined
        ? "Runs that count differently have time in common: use --by time."
        : `Use --by ${axis}, or --by time.`,
  });
}

export interface Curve {
  /** Rising: epochs or steps, or seconds of training and evaluation; pauses don't count. */
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
  const curve = ofRun.get(key) ?? makeCurve(run, tag, (one, x) => positionOf(one, x, by, perSecond));
  ofRun.set(key, curve);
  return curve;
}

function makeCurve(run: PlacedRun, tag: string, position: (run: PlacedRun, x: number) => number): Curve {
  const { x = [], values = [] } = run.history.series.get(tag) ?? {};
  const at = x.map((one) => position(run, one));
  const { origin } = run;
  const value = origin && valueAt(origin, tag);
  // Without a value of its own it has no curve, whatever its parent had.
  if (origin === undefined || value === undefined || value === null || values.length === 0) {
    return { at, values, isForked: false };
  }
  const from = position(origin.run, origin.x);
  return { at: [from, ...at], values: [value, ...values], isForked: true };
}

function valueAt({ run, x }: Origin, tag: string): number | null | undefined {
  const series = run.history.series.get(tag);
  const index = series === undefined ? -1 : indexFrom(series.x, x);
  return series?.x[index] === x ? series.values[index] : undefined;
}

/** Where an epoch or a step of the run stands on the axis. */
export function positionOf(
  { clock, secondsBefore }: PlacedRun,
  x: number,
  by: Alignment,
  perSecond = 1,
): number {
  return by === "axis" ? x : (secondsBefore + secondsAt(clock, x)) * perSecond;
}

/** What seconds are told in, so that whole numbers are enough for an axis. */
export interface TimeUnit {
  readonly name: "ms" | "s" | "min" | "h";
  /** How many of it a second is. */
  readonly perSecond: number;
}

export function timeUnitFor(runs: readonly PlacedRun[]): TimeUnit {
  const longestSeconds = Math.max(0, ...runs.map((run) => run.secondsBefore + (run.clock.seconds.at(-1) ?? 0)));
  if (longestSeconds < 10) return { name: "ms", perSecond: 1000 };
  if (longestSeconds < 2 * 3600) return { name: "s", perSecond: 1 };
  if (longestSeconds < 100 * 3600) return { name: "min", perSecond: 1 / 60 };
  return { name: "h", perSecond: 1 / 3600 };
}
