// Part (g): the same run of the command with the dashboard on a terminal, and with lines to a pipe.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core";
import { builtCommandAbsence, trainscopeCommand } from "../programs/built-command.ts";
import { engineOf } from "../programs/engines.ts";
import type { RunTiming } from "../programs/timing-exporter.ts";
import type { Command } from "../protocol/program.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { pairedRatio, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { runWhole } from "../whole-process.ts";
import type { PartInput } from "./run-part.ts";

const EXPORTER = join(import.meta.dirname, "../programs/timing-exporter.ts");
const GOAL = 0.95;

type Mode = "dashboard" | "lines";

export async function runDashboard({ options, data, folder }: PartInput): Promise<PartReport> {
  const { engine, runs: rounds } = options;
  const epochs = options.isQuick ? 3 : engineOf(engine).isThreaded ? 200 : 10;
  const title = `(g) Training with the dashboard on against off: ${epochs} epochs of trainscope train, ${rounds} rounds`;
  const absence = findAbsence();
  if (absence !== undefined) {
    const table = { columns: ["reporter"], rows: [] };
    return { part: "g", title, table, notes: [`Left out: ${absence}.`], errors: [], data: null };
  }
  const train = ["train", "--engine", engine, "--epochs", `${epochs}`, "--plugin", EXPORTER];
  const words = [...train, "--data", data.directory ?? "sample"];
  const timings: Record<Mode, RunTiming[]> = { dashboard: [], lines: [] };
  const errors: string[] = [];
  for (let round = 0; round < rounds && errors.length === 0; round++) {
    for (const mode of ["dashboard", "lines"] as const) {
      await sleep(options.isQuick ? 20 : 500);
      try {
        timings[mode].push(await timeRun(join(folder, `${mode}-${round}`), mode, words));
      } catch (thrown) {
        errors.push(`${mode} failed: ${messageOf(thrown)}`);
      }
    }
  }
  const results = errors.length > 0 ? [] : resultsOf(timings);
  return {
    part: "g",
    title,
    table: {
      columns: ["measured", "dashboard ms", "lines ms", "±", "lines / dashboard", "goal"],
      rows: results.map(({ name, on, off, ratio }) => [
        name,
        digits(on.median),
        digits(off.median),
        percent(Math.max(on.spread, off.spread)),
        digits(ratio),
        describeGoal(ratio, GOAL),
      ]),
    },
    notes: [
      `Data: ${data.directory === undefined ? "the built-in sample" : data.name}. A terminal of 104 x 30, made by script(1).`,
      "updates: what the trainer says its updates took; first to last: the epochs with all that goes on beside them.",
      "lines / dashboard: the speed that is left with the dashboard on, the median of each round's ratio.",
    ],
    errors,
    data: { epochs, rounds, results, timings },
  };
}

function resultsOf(timings: Readonly<Record<Mode, readonly RunTiming[]>>) {
  const measured = [
    { name: "updates", pick: (timing: RunTiming) => timing.trainMs },
    { name: "first to last", pick: (timing: RunTiming) => timing.wholeMs },
  ];
  return measured.map(({ name, pick }) => {
    const on = timings.dashboard.map(pick);
    const off = timings.lines.map(pick);
    return { name, on: summarise(on), off: summarise(off), ratio: pairedRatio(off, on) };
  });
}

/** Why it can't be measured here. */
function findAbsence(): string | undefined {
  const absence = builtCommandAbsence();
  if (absence !== undefined) return absence;
  // The one of util-linux has --version; that of BSD and macOS takes its arguments otherwise.
  if (spawnSync("script", ["--version"]).status !== 0) return "script(1) of util-linux is missing";
  return undefined;
}

async function timeRun(folder: string, mode: Mode, words: readonly string[]): Promise<RunTiming> {
  await mkdir(folder, { recursive: true });
  const command = trainscopeCommand(...words, "--reporter", mode, "--out", folder);
  await runWhole(mode === "dashboard" ? inTerminal(command) : command, folder);
  for (const run of await readdir(folder)) {
    const file = join(folder, run, "artifacts/timing.json");
    if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as RunTiming;
  }
  throw new Error("the run left no timing.json");
}

/** `script` makes a terminal and passes the exit status on; a new terminal has no size until it is given one. */
function inTerminal({ command, args }: Command): Command {
  const quoted = [command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  return {
    command: "script",
    args: ["-qfec", `stty rows 30 cols 104; ${quoted}`, "/dev/null"],
    environment: { TERM: "xterm-256color", LC_ALL: "C.UTF-8", CI: "" },
  };
}
