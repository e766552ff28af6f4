// Part (m): how fast logs of other programs are read, from the file to the table of their figures.
import { appendFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import { readSource } from "@trainscope/formats";
import { eventRecord, fileHeader } from "@trainscope/formats/tensorboard";
import { describeGoal, type PartReport } from "../report.ts";
import { summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import type { PartInput } from "./part-input.ts";

interface Source {
  readonly kind: string;
  readonly file: string;
  readonly unit: "lines" | "MB";
  /** Of its units a second. */
  readonly goal: number;
  readonly write: (path: string, records: number) => void;
}

/** Of record `index`, the same in each source; `float32` keeps it as it is. */
const lossOf = (index: number): number => Math.fround(2 / (1 + index / 1000));

const SOURCES: readonly Source[] = [
  {
    kind: "JSON lines, a loss and an accuracy each",
    file: "simple.jsonl",
    unit: "lines",
    goal: 100_000,
    write: (path, records) =>
      writeLines(path, records, (index) =>
        JSON.stringify({ step: index + 1, loss: lossOf(index), val_acc: 1 - 1 / (index + 2) }),
      ),
  },
  {
    kind: "printed text, name value pairs after a step",
    file: "printed.txt",
    unit: "lines",
    goal: 30_000,
    write: (path, records) =>
      writeLines(
        path,
        records,
        (index) => `step ${index + 1} | loss ${lossOf(index)} | lr 0.001 | 12.5 ms/step`,
      ),
  },
  {
    kind: "event file, a scalar each",
    file: "events.out.tfevents.1700000000.bench",
    unit: "MB",
    goal: 200 / 3,
    write: writeEvents,
  },
];

export async function runFormats({ options, folder }: PartInput): Promise<PartReport> {
  const { rounds } = options;
  const records = options.isQuick ? 2000 : 200_000;
  const times = SOURCES.map((): number[] => []);
  const errors: string[] = [];
  try {
    for (const { file, write } of SOURCES) write(join(folder, file), records);
    for (let round = 0; round < rounds; round++) {
      for (const [index, { file }] of SOURCES.entries()) {
        await sleep(options.isQuick ? 1 : 100);
        times[index]?.push(await timeReading(join(folder, file), records));
      }
    }
  } catch (thrown) {
    errors.push(messageOf(thrown));
  }
  const results =
    errors.length > 0
      ? []
      : SOURCES.map((source, index) => resultOf(source, folder, records, times[index] ?? []));
  return {
    part: "m",
    title: `(m) Logs of other programs, read to the table of their figures: ${records} records each, ${rounds} rounds`,
    table: {
      columns: ["source", "ms", "±", "a second", "goal"],
      rows: results.map(({ kind, unit, goal, perSecond, whole }) => [
        kind,
        digits(whole.median),
        percent(whole.spread),
        `${digits(perSecond)} ${unit}`,
        describeGoal(perSecond, Math.round(goal)),
      ]),
    },
    notes: [
      "On one thread, with the file in the system's cache; the number of points and the last loss are checked.",
    ],
    errors,
    data: { records, rounds, results, times },
  };
}

/** Milliseconds. Throws where the table isn't what was written. */
async function timeReading(path: string, records: number): Promise<number> {
  const start = performance.now();
  const { table } = await readSource(path);
  const took = performance.now() - start;
  const points = table.series.find(({ tag }) => tag === "train/loss")?.points();
  const [count, last] = [points?.xs.length, points?.ys.at(-1)];
  const expected = lossOf(records - 1);
  if (count === records && last === expected) return took;
  throw new Error(`${path} gave ${count} losses, the last ${last}; expected ${records} and ${expected}`);
}

function resultOf(
  { kind, file, unit, goal }: Source,
  folder: string,
  records: number,
  times: readonly number[],
) {
  const whole = summarise(times);
  const units = unit === "lines" ? records : statSync(join(folder, file)).size / 1e6;
  return { kind, unit, goal, perSecond: (1000 * units) / whole.median, whole };
}

const AT_ONCE = 10_000;

function writeLines(path: string, records: number, line: (index: number) => string): void {
  writeFileSync(path, "");
  for (let from = 0; from < records; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, records - from);
    appendFileSync(path, Array.from({ length: count }, (_, index) => `${line(from + index)}\n`).join(""));
  }
}

function writeEvents(path: string, records: number): void {
  writeFileSync(path, fileHeader(1_700_000_000));
  for (let from = 0; from < records; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, records - from) }, (_, index) =>
      eventRecord({
        wallTime: 1_700_000_000 + (from + index) / 10,
        step: from + index + 1,
        values: [{ kind: "scalar", tag: "train/loss", value: lossOf(from + index) }],
      }),
    );
    appendFileSync(path, Buffer.concat(some));
  }
}
