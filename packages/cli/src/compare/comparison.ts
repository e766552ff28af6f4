// Runs side by side: names that tell them apart, the metrics that any of them has, the settings that differ, whose
// values are best, and where a fork leaves its parent. Pure: from runs to plain data.
import { TrainscopeError } from "@trainscope/core/errors";
import type { Axis, MetricInfo } from "@trainscope/core/events";
import { isBetter } from "@trainscope/core/history";
import type { ComparedRun } from "./compared-run.ts";
import { namesOf } from "./names.ts";
import { type ComparedResult, resultsOf } from "./results.ts";
import { secondsAt } from "./run-clock.ts";
import { withSameUnits } from "./same-units.ts";

/** The place of another run that a fork goes on from. */
export interface Origin {
  readonly run: PlacedRun;
  /** Its epoch or step. */
  readonly x: number;
}

export interface PlacedRun extends ComparedRun {
  readonly name: string;
  /** `undefined` where it is no fork, or its parent's log is not at hand. */
  readonly origin: Origin | undefined;
  /** Seconds of training that it began after: its parent's, up to there. */
  readonly secondsBefore: number;
}

export interface Comparison {
  readonly runs: readonly PlacedRun[];
  /** What all of them count; `undefined` where some count epochs and some steps, which have only time in common. */
  readonly axis: Axis | undefined;
  /** Those that at least one run has a value of: what is worth looking at comes first. */
  readonly metrics: readonly MetricInfo[];
  /** Matrices and curves that at least one run has. */
  readonly results: readonly ComparedResult[];
  /** Names of the settings that aren't the same for all. */
  readonly differing: readonly string[];
}

/** `ancestors` are runs that forks began from and that aren't compared themselves. */
export function createComparison(
  given: readonly ComparedRun[],
  ancestors: readonly ComparedRun[] = [],
): Comparison {
  const runs = withSameUnits(given);
  const names = namesOf(runs);
  const named = new Map(runs.map((run, index) => [run, names[index] ?? run.runId]));
  const all = new Map([...ancestors, ...runs].map((run) => [run.runId, run]));
  const placed = new Map<ComparedRun, PlacedRun>();
  const place = (run: ComparedRun, below: ReadonlySet<string>): PlacedRun => {
    const known = placed.get(run);
    if (known !== undefined) return known;
    const parent = run.parent === undefined ? undefined : all.get(run.parent.runId);
    // A log that was tampered with may make a run its own ancestor.
    const isCircle = parent !== undefined && below.has(parent.runId);
    const from = parent === undefined || isCircle ? undefined : place(parent, new Set([...below, run.runId]));
    const origin = from && originOf(run, from);
    const secondsBefore = origin ? origin.run.secondsBefore + secondsAt(origin.run.clock, origin.x) : 0;
    const whole: PlacedRun = { ...run, name: named.get(run) ?? run.runId, origin, secondsBefore };
    placed.set(run, whole);
    return whole;
  };
  const axes = new Set(runs.map(({ axis }) => axis));
  return {
    runs: runs.map((run) => place(run, new Set([run.runId]))),
    axis: axes.size > 1 ? undefined : (runs[0]?.axis ?? "epoch"),
    metrics: metricsOf(runs),
    results: resultsOf(runs),
    differing: differingOf(runs),
  };
}

/** The parent's last epoch before the fork's own first; trainscope's own runs, which alone are forked, count epochs. */
function originOf(run: ComparedRun, parent: PlacedRun): Origin | undefined {
  if (run.parent === undefined) return undefined;
  const first = run.history.epochs[0] ?? Number.POSITIVE_INFINITY;
  const { epoch } = run.parent;
  const x = parent.history.epochs.findLast((other) => other <= epoch && other < first);
  return x === undefined ? undefined : { run: parent, x };
}

const SPLITS = ["validation", "train"];
const FIRST = ["accuracy", "loss"];

/** Validation before training; accuracy and loss first, and the cost, which is close to the loss, last. */
function metricsOf(runs: readonly ComparedRun[]): readonly MetricInfo[] {
  const metrics = new Map<string, MetricInfo>();
  for (const run of runs) {
    for (const [tag, info] of run.metrics) {
      const known = metrics.get(tag);
      const hasValue = run.history.series.get(tag)?.values.some((value) => value !== null) === true;
      // One that says what better is tells more than one that doesn't.
      if (hasValue && (known === undefined || known.direction === "none")) metrics.set(tag, info);
    }
  }
  const rank = ({ split, name }: MetricInfo): number => {
    const [ofSplit, ofName] = [SPLITS.indexOf(split), FIRST.indexOf(name)];
    return 10 * (ofSplit < 0 ? SPLITS.length : ofSplit) + (ofName >= 0 ? ofName : name === "cost" ? 9 : 5);
  };
  return [...metrics.values()].toSorted((one, other) => rank(one) - rank(other));
}

function differingOf(runs: readonly ComparedRun[]): readonly string[] {
  // Of the run that has most, so that their order is the usual one.
  const byCount = runs.toSorted((one, other) => other.settings.size - one.settings.size);
  const names = new Set(byCount.flatMap(({ settings }) => [...settings.keys()]));
  return [...names].filter((name) => new Set(runs.map(({ settings }) => settings.get(name))).size > 1);
}

/**
 * The metric of a tag; the first there is where none is named. Throws `BAD_OPTION` where no run has a value of it, or
 * of any.
 */
export function metricOf({ metrics, results }: Comparison, tag: string | undefined): MetricInfo {
  const found = tag === undefined ? metrics[0] : metrics.find((info) => info.tag === tag);
  if (found !== undefined) return found;
  const tags = [...metrics, ...results].map((info) => info.tag).join(", ");
  if (tags === "") throw new TrainscopeError("BAD_OPTION", "none of the runs has a value of any metric yet");
  throw new TrainscopeError("BAD_OPTION", `no run has a value of the metric "${tag}"`, {
    hint: `Those there are: ${tags}.`,
  });
}

/** The runs with the best of their best values, more than one where they are equal. */
export function bestRuns(runs: readonly PlacedRun[], { tag, direction }: MetricInfo): ReadonlySet<PlacedRun> {
  return leaders(runs, direction, (run) => run.best.get(tag)?.value);
}

/** The metric's counterpart on the test images. */
export function testTagOf({ name }: MetricInfo): string {
  return `test/${name}`;
}

/** The runs with the best test figure of the metric. */
export function bestTestRuns(runs: readonly PlacedRun[], metric: MetricInfo): ReadonlySet<PlacedRun> {
  return leaders(runs, metric.direction, (run) => run.test[testTagOf(metric)] ?? undefined);
}

function leaders(
  runs: readonly PlacedRun[],
  direction: MetricInfo["direction"],
  figureOf: (run: PlacedRun) => number | undefined,
): ReadonlySet<PlacedRun> {
  let found: PlacedRun[] = [];
  let best: number | undefined;
  for (const run of runs) {
    const value = figureOf(run);
    if (value === undefined || direction === "none") continue;
    if (best === undefined || isBetter(direction, value, best)) [found, best] = [[run], value];
    else if (value === best) found.push(run);
  }
  return new Set(found);
}
