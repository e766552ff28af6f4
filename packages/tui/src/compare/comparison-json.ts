// A comparison as one object of JSON.
import { bestRuns, type Comparison, type PlacedRun } from "./comparison.ts";

const COMPARISON_VERSION = 1;

/** Everything there is, whichever metric is looked at. */
export function comparisonJson(comparison: Comparison): string {
  const { runs, metrics, differing } = comparison;
  const leaders = metrics.map((metric) => [metric.tag, bestRuns(runs, metric)] as const);
  const object = {
    v: COMPARISON_VERSION,
    metrics,
    differing,
    best: Object.fromEntries(leaders.map(([tag, found]) => [tag, [...found].map(({ runId }) => runId)])),
    runs: runs.map(runObject),
  };
  return `${JSON.stringify(object, null, 2)}\n`;
}

function runObject(run: PlacedRun) {
  const { key, runId, name, label, tags, state, startedAt, lastSign, parent, epochs, settings } = run;
  const { best, test, testEpoch, problems, history, seconds, secondsBefore } = run;
  return {
    runId,
    name,
    folder: key,
    label,
    tags,
    state,
    startedAt: isoTime(startedAt),
    lastSign: isoTime(lastSign),
    parent: parent ?? null,
    epochs,
    settings: Object.fromEntries(settings),
    best: Object.fromEntries(best),
    test,
    testEpoch,
    problems,
    curves: {
      epochs: history.epochs,
      // A fork's time begins where it left its parent.
      seconds: seconds.map((one) => secondsBefore + one),
      series: Object.fromEntries(history.series),
    },
  };
}

/** `null` where the number is no time. */
function isoTime(time: number | undefined): string | null {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
