// A source as a person names it, a file or a folder, read to its present end.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";
import type { Split } from "@trainscope/core";
import { isTrainscopeError, messageOf, requireArgument, TrainscopeError } from "@trainscope/core/errors";
import type { Entry, Format, ReaderOptions } from "../format.ts";
import { FORMATS, formatNamed, recogniseFormat } from "../formats.ts";
import { recordOf } from "../meaning/known-scalars.ts";
import { type RunTable, TableBuilder } from "../meaning/run-table.ts";
import { textHead } from "../text-head.ts";
import { findLogs, readHead } from "./find-logs.ts";
import { type FoundRun, groupRuns, runName } from "./group-runs.ts";

/** How `readSource` is to read. */
export interface ReadOptions extends Pick<ReaderOptions, "pattern"> {
  /** The name of a format, instead of the one that is recognised. */
  readonly format?: string | undefined;
}

/** What `readSource` has read, and how. */
export interface ReadSource {
  readonly table: RunTable;
  readonly format: Format;
  /** The files that were read. */
  readonly files: readonly string[];
  /** Of a folder, what else there is in it: other runs, other logs. */
  readonly others: readonly string[];
}

/** The newest run of a source that holds figures. Throws `BAD_OPTION` where it can't be read, is of no format, or holds none. */
export async function readSource(path: string, options: ReadOptions = {}): Promise<ReadSource> {
  const runs = await findRuns(path, options);
  const refused: TrainscopeError[] = [];
  for (const run of runs) {
    const table = await readRun(run, options).catch((error: unknown) => {
      if (!isTrainscopeError(error) || error.code !== "BAD_OPTION") throw error;
      refused.push(error);
    });
    if (table === undefined) continue;
    const rest = runs.filter((other) => other !== run);
    const others = rest.flatMap(({ files }) => files.map((file) => relative(path, file.path)));
    return { table, format: run.format, files: run.files.map((file) => file.path), others };
  }
  throw refused[0];
}

/**
 * The runs of a source, the newest first: a file is one, a folder may hold many. Throws `BAD_OPTION` where there is none, or a file is
 * of no format.
 */
export async function findRuns(path: string, { format }: ReadOptions = {}): Promise<readonly FoundRun[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new TrainscopeError("BAD_OPTION", `can't read ${path}: ${messageOf(error)}`, { cause: error });
  });
  if (!found.isDirectory()) {
    const own = format === undefined ? await recogniseFile(path) : formatNamed(format);
    const files = [{ path, split: undefined }];
    return [{ name: runName(resolve(path)), format: own, files, modified: found.mtimeMs }];
  }
  const all = await findLogs(path);
  const logs = format === undefined ? all : all.filter((log) => log.format === formatNamed(format));
  if (logs.length === 0) throw noLogs(path);
  return groupRuns(resolve(path), logs);
}

/** Throws `BAD_OPTION` where it can't be read, or holds no figure. */
export async function readRun(run: FoundRun, options: ReadOptions = {}): Promise<RunTable> {
  requireArgument("readRun", "run", run, "an object");
  requireArgument("readRun", "run.files", run.files, "a list");
  const builder = new TableBuilder();
  for (const { path, split } of run.files) {
    for await (const entries of readFileEntries(path, run.format, options))
      builder.push(split === undefined ? entries : entries.map((entry) => ofSplit(entry, split)));
  }
  const table = builder.end();
  if (table.series.length === 0) throw noFigures(run);
  return table;
}

async function recogniseFile(path: string): Promise<Format> {
  const head = await readHead(path);
  const format = recogniseFormat(head, basename(path));
  if (format !== undefined) return format;
  throw unreadFormat(path, head);
}

/** For what begins with these bytes, which no format takes. */
export function unreadFormat(name: string, head: Uint8Array): TrainscopeError {
  requireArgument("unreadFormat", "name", name, "a text");
  requireArgument("unreadFormat", "head", head, "bytes");
  return new TrainscopeError("BAD_OPTION", `${name} is of no format that is read: ${likeness(head)}`, {
    hint: FORMATS_HINT,
  });
}

/** A file to its present end, a piece at a time. */
export async function* readFileEntries(
  path: string,
  format: Format,
  options: ReadOptions,
): AsyncGenerator<Entry[]> {
  requireArgument("readFileEntries", "path", path, "a text");
  requireArgument("readFileEntries", "format", format, "an object");
  requireArgument("readFileEntries", "options", options, "an object");
  if (format.readFile !== undefined) {
    yield format.readFile(path);
    return;
  }
  const reader = format.create({ fileName: logName(path), pattern: options.pattern });
  for await (const bytes of bytesOf(path)) yield reader.push(bytes);
  yield reader.end();
}

/** What comes of so many bytes is gone before the collector moves it. */
const CHUNK = 1 << 17;

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: CHUNK })) yield bytes as Uint8Array;
  } catch (error) {
    throw new TrainscopeError("BAD_OPTION", `can't read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** The entry as one of the split, where it names none itself. */
export function ofSplit(entry: Entry, split: Split): Entry {
  requireArgument("ofSplit", "entry", entry, "an object");
  const record = entry.kind === "scalar" ? recordOf(entry) : entry;
  return record.kind === "record" && record.split === undefined ? { ...record, split } : record;
}

/** A file's name as readers take it; of MLflow's with the folders that its slashes made. */
export function logName(path: string): string {
  requireArgument("logName", "path", path, "a text");
  const parts = path.split(sep);
  const metrics = parts.lastIndexOf("metrics");
  return metrics < 0 || metrics === parts.length - 1 ? basename(path) : parts.slice(metrics + 1).join("/");
}

const FORMATS_HINT = `Formats: ${FORMATS.map(({ name }) => name).join(", ")}; one that is named is insisted on.`;

/** What bytes that no format takes look like. */
function likeness(head: Uint8Array): string {
  if (head.length === 0) return "it is empty";
  if (head[0] === 0x50 && head[1] === 0x4b) return "it looks like a ZIP archive or a PyTorch checkpoint";
  if (head[0] === 0x1f && head[1] === 0x8b) return "it looks like a gzip archive; unpack it first";
  if (head[0] === 0x80 && (head[1] ?? 0) < 6) return "it looks like a Python pickle";
  if (head[0] === 0x89 && head[1] === 0x50) return "it looks like a PNG picture";
  if (head[0] === 0x89 && head[1] === 0x48) return "it looks like HDF5";
  return textHead(head) === undefined ? "it looks like binary data" : "it looks like text without figures";
}

function noFigures({ files, format }: FoundRun): TrainscopeError {
  const [first, ...more] = files;
  const where = `${first?.path}${more.length > 0 ? ` and ${more.length} files beside it` : ""}`;
  return new TrainscopeError(
    "BAD_OPTION",
    `no figures of a training were found in ${where}, read as ${format.name}: ${format.title}`,
    { hint: FORMATS_HINT },
  );
}

function noLogs(path: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `the folder ${path} holds no log of a training that is read`, {
    hint: FORMATS_HINT,
  });
}
