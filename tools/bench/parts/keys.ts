// Part (i): how long it takes from a key to the screen that it asks for, while training runs at full speed.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import { builtCommandAbsence, trainscopeCommand } from "../programs/built-command.ts";
import { inTerminal, type TerminalSize, terminalAbsence } from "../programs/in-terminal.ts";
import type { PartReport } from "../report.ts";
import { median, quantile } from "../statistics.ts";
import { digits } from "../table.ts";
import type { PartInput } from "./part-input.ts";

const GOAL_MS = 50;
const WAIT_MS = 20_000;
const BETWEEN_KEYS_MS = 130;

const SIZES: readonly TerminalSize[] = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];

/** Keys in turn, each with what only its own screen has. */
const KEYS: readonly (readonly [string, string])[] = [
  ["8", "pause, or go on"],
  ["6", "started on"],
  ["1", "Accuracy"],
];

export async function runKeys({ options, data, folder }: PartInput): Promise<PartReport> {
  const count = options.isQuick ? KEYS.length : 60;
  const title = `(i) From a key to the screen it asks for, while training: ${count} keys`;
  const absence = builtCommandAbsence() ?? terminalAbsence();
  const columns = ["terminal", "median ms", "95 %", "longest", "goal"];
  if (absence !== undefined) {
    return {
      part: "i",
      title,
      table: { columns, rows: [] },
      notes: [`Left out: ${absence}.`],
      errors: [],
      data: null,
    };
  }
  const train = ["train", "--engine", options.engine, "--epochs", "1000000", "--reporter", "dashboard"];
  const words = [...train, "--data", data.directory ?? "sample", "--out", folder];
  const errors: string[] = [];
  await mkdir(folder, { recursive: true });
  const results: { readonly size: TerminalSize; readonly times: readonly number[] }[] = [];
  for (const size of SIZES) {
    const { command, args, environment } = inTerminal(trainscopeCommand(...words), size);
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...environment } });
    try {
      results.push({ size, times: await timeKeys(child, count) });
    } catch (thrown) {
      errors.push(messageOf(thrown));
    } finally {
      child.kill("SIGKILL");
    }
  }
  return {
    part: "i",
    title,
    table: {
      columns,
      rows: results.map(({ size, times }) => [
        `${size.columns} x ${size.rows}`,
        digits(median(times)),
        digits(quantile(times, 0.95)),
        digits(quantile(times, 1)),
        `median ≤ ${GOAL_MS} ${median(times) <= GOAL_MS ? "met" : "missed"}`,
      ]),
    },
    notes: ["From writing the key to the terminal until what only its screen has comes out of the terminal."],
    errors,
    data: results,
  };
}

async function timeKeys(child: ChildProcessWithoutNullStreams, count: number): Promise<number[]> {
  let written = "";
  let onWritten = (): void => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written += text;
    onWritten();
  });
  child.stdin.on("error", () => {});

  function until(text: string): Promise<void> {
    const found = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the screen never had "${text}"`)), WAIT_MS);
      onWritten = () => {
        if (!written.includes(text)) return;
        clearTimeout(timer);
        resolve();
      };
      onWritten();
    });
    return found;
  }

  await until("images/s");
  await sleep(1000);
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const [key = "", text = ""] = KEYS[index % KEYS.length] ?? [];
    // Not in step with the frames.
    await sleep(BETWEEN_KEYS_MS + 7 * (index % 13));
    written = "";
    const start = performance.now();
    child.stdin.write(key);
    await until(text);
    times.push(performance.now() - start);
  }
  return times;
}
