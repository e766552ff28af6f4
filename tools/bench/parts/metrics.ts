// Part (l): what all metrics of the catalogue together cost an epoch: the command with --metrics all, and without.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import { builtCommandAbsence } from "../programs/built-command.ts";
import { engineOf } from "../programs/engines.ts";
import { timeCommand } from "../programs/time-command.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { pairedRatio, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import type { PartInput } from "./part-input.ts";

const KINDS = [
  { kind: "loss, cost and accuracy", words: [] },
  { kind: "f1, ece and top-5 beside them", words: ["--metrics", "f1,ece,top-5"] },
  { kind: "the whole catalogue", words: ["--metrics", "all"] },
];
const SPEED_GOAL = 0.91;

export async function runMetrics({ options, data, folder }: PartInput): Promise<PartReport> {
  const { engine, runs: rounds } = options;
  const epochs = options.isQuick ? 3 : engineOf(engine).isThreaded ? 60 : 5;
  const title = `(l) Metrics: ${epochs} epochs of training with evaluation, one thread, ${rounds} rounds`;
  const absence = builtCommandAbsence();
  if (absence !== undefined) {
    const table = { columns: ["metrics"], rows: [] };
    return { part: "l", title, table, notes: [`Left out: ${absence}.`], errors: [], data: null };
  }
  const settings = ["--data", data.directory ?? "sample", "--engine", engine, "--epochs", `${epochs}`];
  const plain = [
    ...settings,
    "--threads",
    "1",
    "--checkpoint-every",
    "0",
    "--no-pictures",
    "--reporter",
    "lines",
  ];
  const times = KINDS.map((): number[] => []);
  const errors: string[] = [];
  for (let round = 0; round < rounds && errors.length === 0; round++) {
    try {
      for (const [i, { words }] of KINDS.entries()) {
        await sleep(options.isQuick ? 20 : 500);
        times[i]?.push(await timeCommand([...plain, ...words], join(folder, `${i}-${round}`)));
      }
    } catch (thrown) {
      errors.push(messageOf(thrown));
    }
  }
  const results =
    errors.length > 0
      ? []
      : KINDS.map(({ kind }, i) => ({
          kind,
          whole: summarise(times[i] ?? []),
          speed: pairedRatio(times[0] ?? [], times[i] ?? []),
        }));
  return {
    part: "l",
    title,
    table: {
      columns: ["metrics", "epoch ms", "±", "speed that is left", "goal"],
      rows: results.map(({ kind, whole, speed }, i) => [
        kind,
        digits(whole.median / epochs),
        percent(whole.spread),
        digits(speed),
        i === KINDS.length - 1 ? describeGoal(speed, SPEED_GOAL) : "",
      ]),
    },
    notes: [`Data: ${data.directory === undefined ? "the built-in sample" : data.name}.`],
    errors,
    data: { epochs, rounds, results, times },
  };
}
