// A comparison as one object for JSON.
import { bestRuns, type Comparison, type PlacedRun } from "./comparison.ts";
import { secondsAt } from "./run-clock.ts";
import { bandOf, type RunGroup } from "./run-group.ts";

const COMPARISON_VERSION = 1;

/** Everything there is, whichever metric is looked at. */
export function comparisonObject(comparison: Comparison) {
  const { runs, metrics, results, differing } = comparison;
  const leaders = metrics.map((metric) => [metric.tag, bestRuns(runs, metric)] as const);
  return {
    v: COMPARISON_VERSION,
    metrics,
    results,
    differing,
    best: Object.fromEntries(leaders.map(([tag, found]) => [tag, [...found].map(({ runId }) => runId)])),
    runs: runs.map(runObject),
  };
}

function runObject(run: PlacedRun) {
  const { key, runId, name, label, tags, state, startedAt, lastHeartbeat, parent, epochs, settings } = run;
  const { axis, best, test, testEpoch, problems } = run;
  return {
    runId,
    name,
    folder: key,
    label,
    tags,
    state,
    startedAt: isoTime(startedAt),
    lastSign: isoTime(lastHeartbeat),
    parent: parent ?? null,
    epochs,
    settings: Object.fromEntries(settings),
    axis,
    best: Object.fromEntries([...best].map(([tag, { x, value }]) => [tag, { [axis]: x, value }])),
    test,
    testEpoch,
    problems,
    ...(run.group !== undefined && { group: groupObject(run, run.group) }),
    curves: curvesObject(run),
    results: resultsObject(run),
  };
}

/** Of a mean: what it is of, and its 95 % band, value by value as in the curves. */
function groupObject({ history, test }: PlacedRun, group: RunGroup) {
  const { runIds, seeds, testHalfWidths } = group;
  const bands = [...history.series].map(([tag, { values }]) => [tag, bandOf(group, tag, values)]);
  const tests = [...testHalfWidths].map(([tag, half]) => {
    const mean = test[tag] ?? Number.NaN;
    return [tag, { low: mean - half, high: mean + half }];
  });
  return {
    n: runIds.length,
    runs: runIds,
    seeds,
    bands: Object.fromEntries(bands),
    test: Object.fromEntries(tests),
  };
}

/** By tag: after which epoch, and a matrix's rows or the curves. */
function resultsObject({ results }: PlacedRun) {
  return Object.fromEntries([...results].map(([tag, { epoch, value }]) => [tag, { epoch, ...value }]));
}

/** Series that epochs have told stand over these; one of points has its own x. */
function curvesObject({ history, clock, secondsBefore }: PlacedRun) {
  // A fork's time begins where it left its parent.
  const seconds = (x: readonly number[]) => x.map((one) => secondsBefore + secondsAt(clock, one));
  const series = [...history.series];
  const ofEpochs = series.filter(([, { x }]) => x === history.epochs);
  const ofPoints = series.filter(([, { x }]) => x !== history.epochs);
  return {
    epochs: history.epochs,
    seconds: seconds(history.epochs),
    series: Object.fromEntries(ofEpochs.map(([tag, { values }]) => [tag, values])),
    ...(ofPoints.length > 0 && {
      points: Object.fromEntries(
        ofPoints.map(([tag, { x, values }]) => [tag, { x, seconds: seconds(x), values }]),
      ),
    }),
  };
}

/** `null` where the number is no time. */
function isoTime(time: number | undefined): string | null {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
