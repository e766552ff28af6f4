// The figures of a run, trainscope's own or any that @trainscope/formats reads, as a table or TensorBoard's files.

import { join } from "node:path";
import { toCsv } from "@trainscope/core/text";
import {
  type ReadOptions,
  type ReadSource,
  type RunTable,
  readSource,
  tableRows,
  toEventFile,
  toJsonLines,
} from "@trainscope/formats";
import { eventFileName } from "@trainscope/formats/tensorboard";
import { LOG_FILE, makeNamedFolder, writeNamed } from "@trainscope/runs";
import { csvOf, planEpochsTable } from "@trainscope/runs/export";
import { tell } from "@trainscope/tui/output";

export const FIGURES_FORMATS = ["csv", "jsonl", "tensorboard"] as const;
export type FiguresFormat = (typeof FIGURES_FORMATS)[number];

/** Of a run's folder. Gives what to tell of it. */
export async function exportRunFigures(
  folder: string,
  to: string,
  format: FiguresFormat,
): Promise<readonly string[]> {
  if (format !== "csv") {
    const { table } = await readSource(join(folder, LOG_FILE), { format: "jsonl" });
    return [await writeTable(table, to, format)];
  }
  const log = join(folder, LOG_FILE);
  const table = await planEpochsTable(log);
  for (const problem of table.problems) tell(`${folder}: ${problem}`);
  await writeNamed(to, csvOf(log, table), "--to");
  return [`wrote ${to}: ${table.told} ${table.axis}s`];
}

/** Of another program's log. Throws `BAD_OPTION` where it can't be read. */
export async function exportSource(
  source: string,
  to: string,
  format: FiguresFormat,
  options: ReadOptions,
): Promise<readonly string[]> {
  const read = await readSource(source, options);
  return [await writeTable(read.table, to, format), ...told(read)];
}

async function writeTable(table: RunTable, to: string, format: FiguresFormat): Promise<string> {
  const { header, rows } = tableRows(table);
  const size = `${rows.length} ${table.axis}s, ${header.length - 1} series`;
  if (format === "tensorboard") return await writeEventFile(table, to, size);
  await writeNamed(to, format === "csv" ? toCsv(header, rows) : toJsonLines(table), "--to");
  return `wrote ${to}: ${size}`;
}

async function writeEventFile(table: RunTable, folder: string, size: string): Promise<string> {
  const wallTime = Date.now() / 1000;
  const { bytes, stepsPerX } = toEventFile(table, wallTime);
  const path = join(folder, eventFileName(wallTime, "trainscope"));
  await makeNamedFolder(folder, "--to");
  await writeNamed(path, bytes, "--to");
  const steps =
    stepsPerX === 1 ? "" : `; TensorBoard's steps are whole, so an ${table.axis} has ${stepsPerX} of them`;
  return `wrote ${path}: ${size}${steps}`;
}

/** How the source was read, where that isn't plain. */
function told({ table, format, files, others }: ReadSource): readonly string[] {
  const lines = [`read as ${format.name}: ${files.join(", ")}`, ...table.notices];
  if (others.length > 0) lines.push(`there is more in the folder: ${listed(others)}`);
  return lines;
}

const MOST_TOLD = 5;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_TOLD;
  return names.slice(0, MOST_TOLD).join(", ") + (more > 0 ? `, and ${more} more` : "");
}
