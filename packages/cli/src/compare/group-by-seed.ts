// Runs that differ in nothing but their seed as one: the mean of their curves, with the 95 % band of that mean.
import type { History } from "@trainscope/core";
import type { MetricValues } from "@trainscope/core/events";
import { bestOf, type Series } from "@trainscope/core/history";
import type { ComparedRun } from "./compared-run.ts";
import { secondsAt } from "./run-clock.ts";
import type { RunGroup } from "./run-group.ts";
import { withSameUnits } from "./same-units.ts";
import { t95 } from "./student.ts";

/**
 * One run a group, in the order of their first ones; a run that is alone, or whose seed isn't known, stays as it is. A
 * mean has the points that all of its runs have, so that it is of the same runs everywhere.
 */
export function groupBySeed(given: readonly ComparedRun[]): readonly ComparedRun[] {
  const groups = Map.groupBy(withSameUnits(given), (run) => groupKey(run));
  return [...groups.values()].flatMap((runs) => (runs.length > 1 ? [meanOf(runs.toSorted(bySeed))] : runs));
}

function groupKey({ key, settings, axis }: ComparedRun): string {
  if (!settings.has("seed")) return key;
  const others = [...settings].filter(([name]) => name !== "seed").sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([axis, others]);
}

/** Sorts the runs of a mean, so that two means of the same seeds list them alike. */
function bySeed({ settings: a }: ComparedRun, { settings: b }: ComparedRun): number {
  return Number(a.get("seed")) - Number(b.get("seed"));
}

function meanOf(runs: readonly ComparedRun[]): ComparedRun {
  const [first] = runs as [ComparedRun, ...ComparedRun[]];
  const curves = new Map<string, { series: Series; half: readonly (number | null)[] }>();
  const tags = new Set(runs.flatMap(({ history }) => [...history.series.keys()]));
  for (const tag of tags) curves.set(tag, meanCurve(runs.map(({ history }) => history.series.get(tag))));
  const epochs = first.history.epochs.filter((x) => runs.every(({ history }) => history.epochs.includes(x)));
  // Series over all epochs share one array, by which they are known.
  for (const { series } of curves.values()) if (isEqual(series.x, epochs)) series.x = epochs;
  const history: History = {
    epochs,
    mostPoints: first.history.mostPoints,
    series: new Map([...curves].map(([tag, { series }]) => [tag, series])),
  };
  const metrics = new Map(runs.flatMap((run) => [...run.metrics]));
  const best = [...metrics.values()].flatMap(({ tag, direction }) => {
    const found = bestOf(history, tag, direction);
    return found === undefined ? [] : [[tag, found] as const];
  });
  const x = [...new Set([...curves.values()].flatMap(({ series }) => series.x))].sort((a, b) => a - b);
  const test = testOf(runs);
  const group: RunGroup = {
    runIds: runs.map(({ runId }) => runId),
    seeds: runs.map(({ settings }) => settings.get("seed") ?? ""),
    halfWidths: new Map([...curves].map(([tag, { half }]) => [tag, half])),
    testHalfWidths: test.halfWidths,
  };
  const testEpochs = new Set(runs.map(({ testEpoch }) => testEpoch));
  return {
    ...first,
    key: runs.map(({ key }) => key).join("\n"),
    label: `mean of ${runs.length}`,
    tags: first.tags.filter((tag) => runs.every(({ tags }) => tags.includes(tag))),
    problems: runs.flatMap(({ runId, problems }) => problems.map((problem) => `${runId}: ${problem}`)),
    state: (runs.find(({ state }) => state !== "completed") ?? first).state,
    settings: new Map(first.settings).set("seed", seedsInWords(group.seeds)),
    metrics,
    history,
    // A mean of matrices, or of curves, would be no model's.
    results: new Map(),
    best: new Map(best),
    clock: {
      x,
      seconds: x.map((at) => meanAndHalf(runs.map(({ clock }) => secondsAt(clock, at))).mean),
    },
    test: test.values,
    testEpoch: testEpochs.size === 1 ? first.testEpoch : null,
    epochs: { ...first.epochs, done: Math.min(...runs.map(({ epochs: { done } }) => done)) },
    parent: undefined,
    group,
  };
}

const MOST_LISTED = 5;

function seedsInWords(seeds: readonly string[]): string {
  return seeds.length <= MOST_LISTED ? seeds.join(", ") : `${seeds.length} seeds`;
}

/** Where all of the series have a point; one that is missing of any is missing of the mean. */
function meanCurve(all: readonly (Series | undefined)[]) {
  const tables = all.map((series) => new Map(series?.x.map((x, index) => [x, series.values[index] ?? null])));
  const x = [...(tables[0]?.keys() ?? [])].filter((at) => tables.every((table) => table.has(at)));
  const points = x.map((at) => {
    const values = tables.map((table) => table.get(at)).filter((value) => typeof value === "number");
    return values.length < all.length ? { mean: null, half: null } : meanAndHalf(values);
  });
  const series: Series = { x, values: points.map(({ mean }) => mean), total: x.length };
  return { series, half: points.map(({ half }) => half) };
}

function testOf(runs: readonly ComparedRun[]) {
  const values: Record<string, MetricValues[string]> = {};
  const halfWidths = new Map<string, number>();
  for (const tag of Object.keys(runs[0]?.test ?? {})) {
    const figures = runs.map(({ test }) => test[tag]).filter((value) => typeof value === "number");
    if (figures.length < runs.length) continue;
    const { mean, half } = meanAndHalf(figures);
    values[tag] = mean;
    halfWidths.set(tag, half);
  }
  return { values, halfWidths };
}

/** The half width is t s / √n, with Student's t of n - 1 degrees of freedom. At least two values. */
export function meanAndHalf(values: readonly number[]): { readonly mean: number; readonly half: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, half: t95(count - 1) * Math.sqrt(squares / (count - 1) / count) };
}

function isEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((x, index) => x === other[index]);
}
