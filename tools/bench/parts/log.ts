// Part (k): what log and checkpoints cost: the command, as it is, against the same training that leaves nothing.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import { builtCommandAbsence } from "../programs/built-command.ts";
import { engineOf } from "../programs/engines.ts";
import { timeCommand, wholeMsIn } from "../programs/time-command.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { pairedRatio, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { runWhole } from "../whole-process.ts";
import type { PartInput } from "./part-input.ts";

const BARE = join(import.meta.dirname, "../programs/bare-run.ts");
const SPEED_GOAL = 0.98;

const KINDS = ["without", "log alone", "log and checkpoints"] as const;
type Kind = (typeof KINDS)[number];

export async function runLog({ options, data, folder }: PartInput): Promise<PartReport> {
  const { engine, runs: rounds } = options;
  const epochs = options.isQuick ? 3 : engineOf(engine).isThreaded ? 200 : 10;
  const title = `(k) Training that leaves a log and checkpoints: ${epochs} epochs, ${rounds} rounds`;
  const absence = builtCommandAbsence();
  if (absence !== undefined) {
    const table = { columns: ["what is left"], rows: [] };
    return { part: "k", title, table, notes: [`Left out: ${absence}.`], errors: [], data: null };
  }
  const source = data.directory ?? "sample";
  const done = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  const errors: string[] = [];
  for (let round = 0; round < rounds && errors.length === 0; round++) {
    try {
      for (const kind of KINDS) {
        await sleep(options.isQuick ? 20 : 500);
        const out = join(folder, `${kind.replaceAll(" ", "-")}-${round}`);
        done.get(kind)?.push(await timeRun(kind, { source, engine, epochs, out }));
      }
    } catch (thrown) {
      errors.push(messageOf(thrown));
    }
  }
  const without = done.get("without") ?? [];
  const results =
    errors.length > 0
      ? []
      : [...done].map(([kind, whole]) => ({
          kind,
          whole: summarise(whole),
          speed: pairedRatio(without, whole),
        }));
  return {
    part: "k",
    title,
    table: {
      columns: ["what is left", "epochs ms", "±", "speed that is left", "goal"],
      rows: results.map(({ kind, whole, speed }) => [
        kind,
        digits(whole.median),
        percent(whole.spread),
        digits(speed),
        kind === "log and checkpoints" ? describeGoal(speed, SPEED_GOAL) : "",
      ]),
    },
    notes: [
      `Data: ${data.directory === undefined ? "the built-in sample" : data.name}. Checkpoints as they are without flags.`,
      "speed that is left: from the first epoch's start to the last one's end, without / with, the median of each round's ratio.",
    ],
    errors,
    data: { epochs, rounds, results, timings: Object.fromEntries(done) },
  };
}

interface Work {
  readonly source: string;
  readonly engine: string;
  readonly epochs: number;
  readonly out: string;
}

/** Milliseconds from the first epoch's start to the last one's end. */
async function timeRun(kind: Kind, { source, engine, epochs, out }: Work): Promise<number> {
  await mkdir(out, { recursive: true });
  if (kind === "without") {
    const file = join(out, "timing.json");
    await runWhole({ command: process.execPath, args: [BARE, source, engine, `${epochs}`, file] }, out);
    return await wholeMsIn(file);
  }
  const often = kind === "log alone" ? ["--checkpoint-every", "0"] : [];
  const words = ["--data", source, "--engine", engine, "--epochs", `${epochs}`, "--reporter", "lines"];
  return await timeCommand([...words, ...often], out);
}
