// A list of runs as a table of plain text.
import { changedSettings, DEFAULT_SETTINGS, type TrainSettings } from "@trainscope/core";
import { describeSchedule } from "../text/describe-schedule.ts";
import { formatFraction } from "../text/format.ts";
import { clean, displayWidth } from "../text/width.ts";
import type { RunState, RunSummary } from "./run-summary.ts";

const STATES: Readonly<Record<RunState, string>> = {
  completed: "completed",
  stopped: "stopped",
  "early-stop": "stopped early",
  diverged: "diverged",
  failed: "failed",
  "no end": "no end: killed or still running",
};

const HEAD = ["run", "started", "data", "epochs", "best validation", "test", "state", "settings"];

/** A line a run, in the order they come, and below it what is wrong with its files. */
export function describeRuns(runs: readonly RunSummary[], folder: string): string {
  if (runs.length === 0) return `No runs in ${folder}.\n`;
  const rows = [HEAD, ...runs.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
  const [head = "", ...below] = lines;
  const told = runs.flatMap(({ problems }, index) => [
    below[index] ?? "",
    ...problems.map((problem) => `  damaged: ${clean(problem)}`),
  ]);
  return `${[head, ...told].join("\n")}\n`;
}

function cellsOf(run: RunSummary): readonly string[] {
  const { epochs, bestValidationAccuracy: best, testAccuracy, startedAt, settings } = run;
  return [
    run.run,
    startedAt === null ? "-" : localTime(new Date(startedAt)),
    run.data ?? "-",
    `${epochs.done}/${epochs.planned ?? "-"}`,
    best === null ? "-" : `${formatFraction(best.value)} after ${best.epoch}`,
    testAccuracy === null ? "-" : formatFraction(testAccuracy),
    STATES[run.state] ?? run.state,
    settings === null ? "-" : differing(settings),
  ].map((cell) => clean(cell));
}

/** What differs from the defaults, in the words of the command line; the epochs have a column of their own. */
function differing(settings: Partial<TrainSettings>): string {
  const { lambda, learningRate, batchSize, seed, loss, flip, schedule } = { ...DEFAULT_SETTINGS, ...settings };
  const entries = [
    ["loss", loss, DEFAULT_SETTINGS.loss],
    ["lambda", lambda, DEFAULT_SETTINGS.lambda],
    ["eta", learningRate, DEFAULT_SETTINGS.learningRate],
    ["batch", batchSize, DEFAULT_SETTINGS.batchSize],
    ["seed", seed, DEFAULT_SETTINGS.seed],
    ["flip", flip, DEFAULT_SETTINGS.flip],
    ["schedule", describeSchedule(schedule), describeSchedule(DEFAULT_SETTINGS.schedule)],
  ];
  const plain = entries.filter(([, value, usual]) => value !== usual).map(([name, value]) => [name, value]);
  return [...plain, ...changedSettings(settings)].map(([name, value]) => `${name} ${value}`).join(", ");
}

/** "2026-11-24 00:34" */
function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
