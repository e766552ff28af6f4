// Part (j): what a frame of the dashboard costs after 10,000 epochs, against the first ones.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { messageOf } from "@trainscope/core/errors";
// Only the shape of what it prints: the program runs by itself.
import type { LongRun } from "../../../test/programs/long-run.ts";
import { builtCommandAbsence } from "../programs/built-command.ts";
import type { PartReport } from "../report.ts";
import { median } from "../statistics.ts";
import { digits } from "../table.ts";
import type { PartInput } from "./part-input.ts";

const PROGRAM = join(import.meta.dirname, "../../../test/programs/long-run.ts");
/** The last frames against the first. */
const MOST = 1.2;

export async function runLongRun({ options }: PartInput): Promise<PartReport> {
  const epochs = options.isQuick ? 1000 : 10_000;
  const rounds = options.isQuick ? 1 : options.runs;
  const title = `(j) A frame of the dashboard after ${epochs} epochs, against the first 500: 120 x 40, ${rounds} rounds`;
  const columns = ["what is watched", "first ms", "last ms", "ratio", "goal"];
  const absence = builtCommandAbsence();
  if (absence !== undefined) {
    const table = { columns, rows: [] };
    return { part: "j", title, table, notes: [`Left out: ${absence}.`], errors: [], data: null };
  }
  const done: LongRun[] = [];
  const errors: string[] = [];
  try {
    for (let round = 0; round < rounds; round++) done.push(await replay(epochs));
  } catch (thrown) {
    errors.push(messageOf(thrown));
  }
  const looks = Object.keys(done[0]?.first ?? {});
  const results = looks.map((look) => {
    const first = done.map((run) => run.first[look] ?? Number.NaN);
    const last = done.map((run) => run.last[look] ?? Number.NaN);
    const ratio = median(last.map((ms, round) => ms / (first[round] ?? Number.NaN)));
    return { look, first: median(first), last: median(last), ratio };
  });
  return {
    part: "j",
    title,
    table: {
      columns,
      rows: results.map(({ look, first, last, ratio }) => [
        look,
        digits(first),
        digits(last),
        digits(ratio),
        `≤ ${MOST} ${ratio <= MOST ? "met" : "missed"}`,
      ]),
    },
    notes: done.length === 0 ? [] : [memoryNote(done), "CPU of the whole process, the median of the frames."],
    errors,
    data: { epochs, results, runs: done },
  };
}

async function replay(epochs: number): Promise<LongRun> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", PROGRAM, `${epochs}`]);
  return JSON.parse(stdout) as LongRun;
}

function memoryNote(runs: readonly LongRun[]): string {
  const megabytes = (of: (run: LongRun) => number): string => `${digits(median(runs.map(of)) / 1e6)} MB`;
  const growth = megabytes(({ memory }) => memory.end - memory.tenth);
  const own = megabytes(({ memory }) => memory.ofHistory);
  return `Memory grows by ${growth} over the last nine tenths; ${own} of that are the history's own numbers.`;
}
