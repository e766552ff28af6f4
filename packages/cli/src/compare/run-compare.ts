// Runs side by side, on a screen, as a table, or as files for other programs.
import { extname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import type { Axis } from "@trainscope/core/events";
import { writeNamed } from "@trainscope/runs/files";
import { defaultReporter } from "@trainscope/tui/choose-reporter";
import { isTerminal, print, printContent, printJson, tell } from "@trainscope/tui/output";
import { ExitStatus } from "../exit-status.ts";
import type { ReadingFlags } from "../input/reading-flags.ts";
import { watchInterrupts } from "../interrupts.ts";
import { type Comparison, createComparison, metricOf } from "./comparison.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonObject } from "./comparison-json.ts";
import { alignmentAsked, describeAxes } from "./curve.ts";
import { describeComparison } from "./describe-comparison.ts";
import { describeResult } from "./describe-result.ts";
import { groupBySeed } from "./group-by-seed.ts";
import { drawComparison, drawResults, type PictureFormat } from "./picture.ts";
import { readAncestors, readSources } from "./read-runs.ts";
import { resultOf } from "./results.ts";
import { firstView } from "./screen/view.ts";
import { sourcesOf } from "./sources.ts";
import { watchRuns } from "./watch-runs.ts";

export interface CompareFlags extends ReadingFlags {
  readonly out: string;
  readonly tag?: string;
  readonly all?: boolean;
  readonly metric?: string;
  readonly by?: Axis | "time";
  readonly groupBy?: "seed";
  readonly json?: boolean;
  readonly csv?: string;
  readonly picture?: string;
}

/** In place of a file's path. */
const STDOUT = "-";

export async function runCompare(named: readonly string[], flags: CompareFlags): Promise<ExitStatus> {
  const { tag, all = false, json, csv, picture } = flags;
  checkOutputs(flags);
  const read = await readSources(await sourcesOf({ ...flags, named, tag, all }), (reason) =>
    tell(`left out: ${reason}`),
  );
  const runs = read.map(({ run }) => run);
  if (runs.length < 2) throw tooFewRead(runs.length);
  const ancestors = await readAncestors(runs);
  const arrange = flags.groupBy === "seed" ? groupBySeed : undefined;
  const comparison = createComparison(arrange?.(runs) ?? runs, ancestors);
  if (arrange !== undefined && comparison.runs.length === runs.length) {
    tell("no two of the runs differ in nothing but their seed: each stands for itself");
  }
  const by = alignmentAsked(comparison, flags.by);
  // The screen waits for the first value; a metric that was asked for by name is to be there.
  const isScreen = !json && csv === undefined && picture === undefined && hasScreen();
  const isNamed = flags.metric !== undefined || picture !== undefined;
  const result = resultOf(comparison, flags.metric);
  const metric =
    (isNamed && result === undefined) || comparison.metrics.length > 0
      ? metricOf(comparison, result === undefined ? flags.metric : undefined)
      : undefined;
  if (isScreen)
    return await show(
      comparison,
      () => watchRuns(read, ancestors, undefined, arrange),
      firstView(result?.tag ?? metric?.tag, by),
    );
  const axes = describeAxes(comparison);
  if (axes !== undefined) tell(axes);
  for (const { name, problems } of comparison.runs) {
    // The table tells them itself.
    if (json || csv !== undefined || picture !== undefined) warn(name, problems);
  }
  if (picture !== undefined) {
    const format = formatOf(picture);
    const content =
      result !== undefined
        ? await drawResults(comparison, format, result)
        : metric && (await drawComparison(comparison, format, { metric, by }));
    if (content !== undefined) await writePieces([content], picture, "--picture");
  }
  if (csv !== undefined) await writePieces(comparisonCsv(comparison), csv, "--csv");
  if (json) printJson(comparisonObject(comparison), 2);
  else if (csv === undefined && picture === undefined) {
    print(...describeComparison(comparison, metric), ...(result ? describeResult(comparison, result) : []));
  }
  return ExitStatus.done;
}

function tooFewRead(count: number): TrainscopeError {
  const found = count === 0 ? "none of them" : "only one of them";
  return new TrainscopeError("BAD_OPTION", `a comparison takes two runs or more; ${found} holds figures`);
}

/** Throws `BAD_OPTION` where more than one would be printed, or the picture's kind isn't known. */
function checkOutputs({ json, csv, picture }: CompareFlags): void {
  const printed = [json && "--json", csv === STDOUT && "--csv -", picture === STDOUT && "--picture -"];
  const flags = printed.filter((flag) => typeof flag === "string");
  if (flags.length > 1) {
    throw new TrainscopeError("BAD_OPTION", `${flags.join(" and ")} can't both go to stdout`, {
      hint: "Name a file for all but one of them.",
    });
  }
  if (picture !== undefined) formatOf(picture);
}

function formatOf(path: string): PictureFormat {
  const extension = path === STDOUT ? ".svg" : extname(path).toLowerCase();
  if (extension === ".png") return "png";
  if (extension === ".svg") return "svg";
  throw new TrainscopeError("BAD_OPTION", `--picture is ${path}; expected a file that ends in .png or .svg`);
}

async function writePieces(pieces: Iterable<Uint8Array | string>, path: string, flag: string): Promise<void> {
  if (path === STDOUT) for (const piece of pieces) printContent(piece);
  else {
    await writeNamed(path, pieces, flag);
    tell(`wrote ${path}`);
  }
}

function warn(name: string, problems: readonly string[]): void {
  for (const problem of problems) tell(`of ${name}, ${problem}`);
}

/** Where a person sits at a terminal that can show it. */
function hasScreen(): boolean {
  const [inputIsTerminal, outputIsTerminal] = [process.stdin.isTTY === true, isTerminal("stdout")];
  return defaultReporter({ inputIsTerminal, outputIsTerminal, environment: process.env }) === "dashboard";
}

async function show(
  first: Comparison,
  watch: () => ReturnType<typeof watchRuns>,
  view: ReturnType<typeof firstView>,
): Promise<ExitStatus> {
  const { showComparison } = await import("./screen/show.tsx");
  let status: ExitStatus = ExitStatus.done;
  const leave = (by: "quit" | "interrupt"): void => {
    if (by === "interrupt") status = ExitStatus.interrupted;
    void screen.close();
  };
  const interrupts = watchInterrupts({
    onFirst: () => leave("interrupt"),
    onSecond: () => leave("interrupt"),
  });
  const screen = showComparison({ first, comparisons: watch(), view, onLeave: leave });
  try {
    await screen.done;
  } finally {
    interrupts.close();
  }
  for (const path of screen.written) print(`wrote ${path}`);
  return status;
}
