// A list of runs as a table of plain text.
import { formatFraction } from "../text/format.ts";
import { clean, displayWidth } from "../text/width.ts";
import { formatMinute, formatMoment } from "./local-time.ts";
import type { RunState, RunSummary } from "./run-summary.ts";
import { differingSettings } from "./setting-words.ts";

const STATES: Readonly<Record<RunState, string>> = {
  completed: "completed",
  stopped: "stopped",
  "early-stop": "stopped early",
  diverged: "diverged",
  failed: "failed",
  ended: "ended",
  running: "running",
  silent: "suspended or hanging",
  died: "died",
  left: "left before its end",
  "no-end": "no end: killed, or another program's",
};

/** These columns are there only where a run has something to show in them. */
const OPTIONAL = ["name", "tags", "forked from"];

/** A line a run, in the order they come, and below it what is wrong with its files. */
export function describeRuns(runs: readonly RunSummary[]): string {
  const cells = runs.map(cellsOf);
  const head = Object.keys(cells[0] ?? {}).filter(
    (column) => !OPTIONAL.includes(column) || cells.some((row) => row[column] !== ""),
  );
  const rows = [head, ...cells.map((row) => head.map((column) => clean(row[column] ?? "") || "-"))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  const [first = "", ...below] = rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
  const told = runs.flatMap(({ problems }, index) => [
    below[index] ?? "",
    ...problems.map((problem) => `  damaged: ${clean(problem)}`),
  ]);
  return `${[first, ...told].join("\n")}\n`;
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
  const isSignTold = lastSign !== null && state !== "running";
  return [
    STATES[state] ?? state,
    ...(isSignTold ? [`last sign ${formatMoment(new Date(lastSign))}`] : []),
    ...(resumed === 0 ? [] : [resumed === 1 ? "resumed once" : `resumed ${resumed} times`]),
  ].join(", ");
}
