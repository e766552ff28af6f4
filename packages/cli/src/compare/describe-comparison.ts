// A comparison as a table of plain text: what a pipe gets.

import type { MetricInfo } from "@trainscope/core/events";
import { stateInWords } from "@trainscope/runs";
import { formatMetric, formatX, NO_FORMATS, tableLines } from "@trainscope/tui/text";
import { bestRuns, bestTestRuns, type Comparison, type PlacedRun, testTagOf } from "./comparison.ts";

interface Column {
  readonly title: string;
  readonly textOf: (run: PlacedRun) => string;
}

/**
 * A line a run, in the order they come, what is best marked with a star; below it what is wrong with its files. `metric` is
 * `undefined` where no run has a value of any.
 */
export function describeComparison(comparison: Comparison, metric: MetricInfo | undefined): readonly string[] {
  const { runs } = comparison;
  const columns = columnsOf(comparison, metric);
  const [head = "", ...below] = tableLines([
    columns.map(({ title }) => title),
    ...runs.map((run) => columns.map(({ textOf }) => textOf(run))),
  ]);
  const described = runs.flatMap(({ problems }, index) => [
    below[index] ?? "",
    ...problems.slice(0, 1).map((problem) => `  damaged: ${problem}${moreOf(problems)}`),
  ]);
  return [head, ...described];
}

function moreOf(problems: readonly string[]): string {
  return problems.length > 1 ? `, and ${problems.length - 1} more` : "";
}

function columnsOf({ runs, differing }: Comparison, metric: MetricInfo | undefined): readonly Column[] {
  const hasTags = runs.some(({ tags }) => tags.length > 0);
  return [
    { title: "run", textOf: ({ name }) => name },
    ...(runs.some(({ group }) => group !== undefined)
      ? [{ title: "n", textOf: ({ group }: PlacedRun) => String(group?.runIds.length ?? 1) }]
      : []),
    ...differing.map((name) => ({
      title: name,
      textOf: ({ settings }: PlacedRun) => settings.get(name) ?? "-",
    })),
    ...(metric === undefined ? [] : figureColumns(runs, metric)),
    { title: "done", textOf: ({ epochs }) => `${epochs.done}/${epochs.planned ?? "-"}` },
    { title: "state", textOf: describeState },
    ...(hasTags ? [{ title: "tags", textOf: ({ tags }: PlacedRun) => tags.join(", ") || "-" }] : []),
  ];
}

function figureColumns(runs: readonly PlacedRun[], metric: MetricInfo): readonly Column[] {
  const testTag = testTagOf(metric);
  const [best, bestTest] = [bestRuns(runs, metric), bestTestRuns(runs, metric)];
  const star = (isBest: boolean): string => (isBest ? " *" : "");
  return [
    {
      title: `best ${metric.tag}`,
      textOf: (run) => {
        const found = run.best.get(metric.tag);
        if (found === undefined) return "-";
        return `${formatMetric(metric, found.value, NO_FORMATS)}${halfText(run, metric, found.x)} after ${formatX(found.x)}${star(best.has(run))}`;
      },
    },
    {
      title: testTag,
      textOf: (run) =>
        formatMetric(metric, run.test[testTag], NO_FORMATS) +
        plusMinus(metric, run.group?.testHalfWidths.get(testTag)) +
        star(bestTest.has(run)),
    },
  ];
}

/** Of a mean, half of the width of its 95 % band there. */
function halfText({ group, history }: PlacedRun, metric: MetricInfo, x: number): string {
  const index = history.series.get(metric.tag)?.x.indexOf(x) ?? -1;
  return plusMinus(metric, group?.halfWidths.get(metric.tag)?.[index]);
}

function plusMinus(metric: MetricInfo, half: number | null | undefined): string {
  return half === undefined || half === null ? "" : ` ± ${formatMetric(metric, half, NO_FORMATS)}`;
}

/** Where it was forked is told with how it ended. */
function describeState({ state, parent, origin }: PlacedRun): string {
  const words = stateInWords(state);
  return parent === undefined
    ? words
    : `${words}, forked from ${origin?.run.name ?? parent.runId} in epoch ${parent.epoch}`;
}
