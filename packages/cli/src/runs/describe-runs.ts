// A list of runs as a table of plain text.

import { formatMinute, formatMoment } from "@trainscope/core/text";
import type { RunSummary } from "@trainscope/runs";
import { stateInWords } from "@trainscope/runs";
import { differingSettings } from "@trainscope/runs/record";
import { formatFraction, tableLines, tableWidth } from "@trainscope/tui/text";

/** These columns are there only where a run has something to show in them. */
const OPTIONAL = ["name", "tags", "forked from"];

/** On a narrow terminal these go, the first of them first. */
const DISPENSABLE = ["started", "data", "forked from", "epochs", "settings", "tags", "test"];

/**
 * A line a run, in the order they come, and below it what is wrong with its files. Of a table wider than `width` columns
 * are left out, which a last line tells.
 */
export function describeRuns(runs: readonly RunSummary[], width = Number.POSITIVE_INFINITY): readonly string[] {
  const cells = runs.map(cellsOf);
  const all = Object.keys(cells[0] ?? {}).filter(
    (column) => !OPTIONAL.includes(column) || cells.some((row) => row[column] !== ""),
  );
  const rowsOf = (head: readonly string[]) => [
    head,
    ...cells.map((row) => head.map((column) => row[column] || "-")),
  ];
  let head = all;
  for (const column of DISPENSABLE) {
    if (tableWidth(rowsOf(head)) > width) head = head.filter((one) => one !== column);
  }
  const [first = "", ...below] = tableLines(rowsOf(head));
  const described = runs.flatMap(({ problems }, index) => [
    below[index] ?? "",
    ...problems.map((problem) => `  damaged: ${problem}`),
  ]);
  const left = all.filter((column) => !head.includes(column));
  const note = left.length === 0 ? [] : [`Too wide for the terminal: ${left.join(", ")}; a pipe gets them.`];
  return [first, ...described, ...note];
}

/** By column; empty where there is nothing to tell. */
function cellsOf(run: RunSummary): Readonly<Record<string, string>> {
  const { epochs, bestValidationAccuracy: best, testAccuracy, startedAt, settings, parent } = run;
  return {
    run: run.run,
    name: run.name ?? "",
    started: startedAt === null ? "" : formatMinute(new Date(startedAt)),
    data: run.data ?? "",
    epochs: `${epochs.done}/${epochs.planned ?? "-"}`,
    "best validation": best === null ? "" : `${formatFraction(best.value)} after ${best.epoch}`,
    test: testAccuracy === null ? "" : formatFraction(testAccuracy),
    state: stateOf(run),
    "forked from": parent === null ? "" : `${parent.runId}, epoch ${parent.epoch}`,
    tags: run.tags.join(", "),
    settings: settings === null ? "" : differingSettings(settings),
  };
}

/** "died, last sign 2026-11-24 00:34:09", "completed, resumed twice" */
function stateOf({ state, lastSign, resumed }: RunSummary): string {
  const hasLastSign = lastSign !== null && state !== "running";
  return [
    stateInWords(state),
    ...(hasLastSign ? [`last sign ${formatMoment(new Date(lastSign))}`] : []),
    ...(resumed === 0 ? [] : [resumed === 1 ? "resumed once" : `resumed ${resumed} times`]),
  ].join(", ");
}
