// Part (g): the same run of the command with the dashboard on a terminal, and with lines to a pipe.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import { builtCommandAbsence, trainscopeCommand } from "../programs/built-command.ts";
import { engineOf } from "../programs/engines.ts";
import { inTerminal, type TerminalSize, terminalAbsence } from "../programs/in-terminal.ts";
import type { RunTiming } from "../programs/timing-exporter.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { median, pairedRatio, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { runWhole } from "../whole-process.ts";
import type { PartInput } from "./part-input.ts";

const EXPORTER = join(import.meta.dirname, "../programs/timing-exporter.ts");
const SPEED_GOAL = 0.95;
const CORE_GOAL = 0.25;

const SIZES: readonly TerminalSize[] = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];

/** One round: lines, then the dashboard in each size. */
interface Round {
  readonly lines: RunTiming;
  readonly dashboards: readonly RunTiming[];
}

export async function runDashboard({ options, data, folder }: PartInput): Promise<PartReport> {
  const { engine, runs: rounds } = options;
  const epochs = options.isQuick ? 3 : engineOf(engine).isThreaded ? 200 : 10;
  const title = `(g) Training with the dashboard on against off: ${epochs} epochs of trainscope train, ${rounds} rounds`;
  const absence = builtCommandAbsence() ?? terminalAbsence();
  if (absence !== undefined) {
    const table = { columns: ["terminal"], rows: [] };
    return { part: "g", title, table, notes: [`Left out: ${absence}.`], errors: [], data: null };
  }
  const train = ["train", "--engine", engine, "--epochs", `${epochs}`, "--plugin", EXPORTER];
  const words = [...train, "--data", data.directory ?? "sample"];
  const done: Round[] = [];
  const errors: string[] = [];
  for (let round = 0; round < rounds && errors.length === 0; round++) {
    const time = async (name: string, size?: TerminalSize): Promise<RunTiming> => {
      await sleep(options.isQuick ? 20 : 500);
      return await timeRun(join(folder, `${name}-${round}`), words, size);
    };
    try {
      const lines = await time("lines");
      const dashboards: RunTiming[] = [];
      for (const size of SIZES) dashboards.push(await time(`${size.columns}x${size.rows}`, size));
      done.push({ lines, dashboards });
    } catch (thrown) {
      errors.push(messageOf(thrown));
    }
  }
  const results = errors.length > 0 ? [] : SIZES.map((size, index) => resultOf(size, index, done));
  return {
    part: "g",
    title,
    table: {
      columns: ["terminal", "epochs ms", "±", "speed that is left", "goal", "of one core", "goal"],
      rows: results.map(({ size, whole, speed, core }) => [
        `${size.columns} x ${size.rows}`,
        digits(whole.median),
        percent(whole.spread),
        digits(speed),
        describeGoal(speed, SPEED_GOAL),
        percent(core),
        `≤ ${percent(CORE_GOAL)} ${core <= CORE_GOAL ? "met" : "missed"}`,
      ]),
    },
    notes: [
      `Data: ${data.directory === undefined ? "the built-in sample" : data.name}. Terminals are made by script(1).`,
      "speed that is left: from the first epoch's start to the last one's end, lines / dashboard, the median of each round's ratio.",
      "of one core: what the main thread computes more than with lines, as a share of that time.",
    ],
    errors,
    data: { epochs, rounds, results, timings: done },
  };
}

function resultOf(size: TerminalSize, index: number, rounds: readonly Round[]) {
  const pairs = rounds.flatMap(({ lines, dashboards }) => {
    const dashboard = dashboards[index];
    return dashboard === undefined ? [] : [{ lines, dashboard }];
  });
  const whole = pairs.map(({ dashboard }) => dashboard.wholeMs);
  return {
    size,
    whole: summarise(whole),
    speed: pairedRatio(
      pairs.map(({ lines }) => lines.wholeMs),
      whole,
    ),
    core: median(
      pairs.map(({ lines, dashboard }) => (dashboard.mainThreadMs - lines.mainThreadMs) / dashboard.wholeMs),
    ),
  };
}

/** With the dashboard where a size is given. */
async function timeRun(
  folder: string,
  words: readonly string[],
  size: TerminalSize | undefined,
): Promise<RunTiming> {
  await mkdir(folder, { recursive: true });
  const reporter = size === undefined ? "lines" : "dashboard";
  const command = trainscopeCommand(...words, "--reporter", reporter, "--out", folder);
  await runWhole(size === undefined ? command : inTerminal(command, size), folder);
  for (const run of await readdir(folder)) {
    const file = join(folder, run, "artifacts/timing.json");
    if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as RunTiming;
  }
  throw new Error("the run left no timing.json");
}
