// The figures of a run, trainscope's own or any that @trainscope/formats reads, as a table or TensorBoard's files.

import { basename, join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { toCsv } from "@trainscope/core/text";
import {
  type ReadOptions,
  type ReadSource,
  type RunTable,
  readSource,
  tableRows,
  toEventFile,
  toJsonLines,
  toRunEvents,
} from "@trainscope/formats";
import { eventFileName } from "@trainscope/formats/tensorboard";
import { csvOf, planEpochsTable } from "@trainscope/runs/export";
import { LOG_FILE, makeNamedFolder, writeNamed } from "@trainscope/runs/files";
import { describeFindings, readLog } from "@trainscope/runs/log";
import { tell } from "@trainscope/tui/output";
import { ResultTables } from "../exporters/result-tables.ts";
import { MOST_FRAMES } from "../exporters/tensorboard.ts";
import { keptWeights } from "./kept-weights.ts";
import { type Target, targetOf } from "./targets.ts";

export type FiguresFormat = Extract<Target, { holds: "figures" }>["name"];

/**
 * Writes the figures of a run's folder; as CSV its matrices and curves go into files beside. Gives what to tell of it. Throws
 * `BAD_OPTION` where one of those files is there already.
 */
export async function exportRunFigures(
  folder: string,
  to: string,
  format: FiguresFormat,
  overwrite: boolean,
): Promise<readonly string[]> {
  const log = join(folder, LOG_FILE);
  if (format !== "csv") return await exportRecorded(folder, to, format);
  const table = await planEpochsTable(log);
  for (const problem of table.problems) tell(`${folder}: ${problem}`);
  const results = new ResultTables();
  await readLog(log, { onEvent: (event) => results.take(event) });
  const stem = to.replace(/\.csv$/i, "");
  const beside = results.tables().map(({ name, title, csv }) => ({ path: `${stem}-${name}.csv`, title, csv }));
  for (const { path } of beside) targetOf(path, { format, overwrite });
  await writeNamed(to, csvOf(log, table), "--to");
  for (const { path, csv } of beside) await writeNamed(path, csv, "--to");
  return [
    `wrote ${to}: ${table.count} ${table.axis}s`,
    ...beside.map(({ path, title }) => `wrote ${path}: ${title}`),
  ];
}

/** As the exporter of that name would have written it. A run that tells points, as one that was imported, is read as a log. */
async function exportRecorded(
  folder: string,
  to: string,
  format: Exclude<FiguresFormat, "csv">,
): Promise<readonly string[]> {
  const log = join(folder, LOG_FILE);
  const { recorderOf } = await import("../exporters/recorders.ts");
  const recorder = recorderOf(format);
  let epochs = 0;
  let isPointed = false;
  const findings = await readLog(log, {
    onEvent(event) {
      recorder.take(event);
      if (event.type === "epoch:end") epochs++;
      isPointed ||= event.type === "point";
    },
  });
  if (findings === undefined) throw new TrainscopeError("BAD_DATA", `can't read ${log}: it is missing`);
  if (isPointed && format !== "markdown") {
    const { table } = await readSource(log, { format: "jsonl" });
    return [await writeTable(table, to, format)];
  }
  for (const problem of describeFindings(findings)) tell(`${folder}: ${problem}`);
  if (recorder.takeWeights !== undefined) {
    for await (const { epoch, parameters } of keptWeights(folder, MOST_FRAMES)) {
      recorder.takeWeights(epoch, parameters);
    }
  }
  const path = format === "tensorboard" ? await eventFileIn(to) : to;
  await writeNamed(path, (await recorder.content()) ?? "", "--to");
  return [`wrote ${path}: ${epochs} epochs`];
}

/** The file's path in the folder, which is made. */
async function eventFileIn(folder: string): Promise<string> {
  await makeNamedFolder(folder, "--to");
  return join(folder, eventFileName(Date.now() / 1000, "trainscope"));
}

/** Writes the figures of another program's log. Throws `BAD_OPTION` where it can't be read. */
export async function exportSource(
  source: string,
  to: string,
  format: FiguresFormat,
  options: ReadOptions,
): Promise<readonly string[]> {
  const read = await readSource(source, options);
  return [await writeTable(read.table, to, format), ...describeSource(read)];
}

async function writeTable(table: RunTable, to: string, format: FiguresFormat): Promise<string> {
  if (format === "markdown") return await writePage(table, to);
  const { header, rows } = tableRows(table);
  const size = `${rows.length} ${table.axis}s, ${header.length - 1} series`;
  if (format === "tensorboard") return await writeEventFile(table, to, size);
  await writeNamed(to, format === "csv" ? toCsv(header, rows) : toJsonLines(table), "--to");
  return `wrote ${to}: ${size}`;
}

async function writeEventFile(table: RunTable, folder: string, size: string): Promise<string> {
  const { bytes, stepsPerX } = toEventFile(table, Date.now() / 1000);
  const path = await eventFileIn(folder);
  await writeNamed(path, bytes, "--to");
  const steps =
    stepsPerX === 1 ? "" : `; TensorBoard's steps are whole, so an ${table.axis} has ${stepsPerX} of them`;
  return `wrote ${path}: ${size}${steps}`;
}

async function writePage(table: RunTable, to: string): Promise<string> {
  const { Summary } = await import("../exporters/summary.ts");
  const summary = new Summary();
  for (const event of toRunEvents(table, { runId: basename(to, ".md"), time: Date.now() })) summary.take(event);
  await writeNamed(to, summary.content() ?? "", "--to");
  return `wrote ${to}: ${table.series.length} series`;
}

/** How the source was read, where that isn't plain. */
function describeSource({ table, format, files, others }: ReadSource): readonly string[] {
  const lines = [`read as ${format.name}: ${files.join(", ")}`, ...table.notices];
  if (others.length > 0) lines.push(`there is more in the folder: ${listed(others)}`);
  return lines;
}

const MOST_TOLD = 5;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_TOLD;
  return names.slice(0, MOST_TOLD).join(", ") + (more > 0 ? `, and ${more} more` : "");
}
