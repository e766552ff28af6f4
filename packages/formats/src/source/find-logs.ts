// The logs of a folder: files whose name or beginning says that they hold figures of a training, newest first.
import type { Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import type { Format } from "../format.ts";
import { HEAD_LENGTH, recogniseFormat } from "../formats.ts";

/** A log in a folder that was looked through. */
export interface FoundLog {
  readonly path: string;
  readonly format: Format;
  /** Below the folder that was looked through: the run that it belongs to. */
  readonly group: string;
  /** Milliseconds since 1970 when it was written to last. */
  readonly modified: number;
}

/** Folders that no log is looked for in. */
const NO_LOGS =
  /^(?:node_modules|\.git|\.venv|venv|__pycache__|site-packages|checkpoints?|artifacts|datasets?)$/;
const LOG_NAME =
  /(?:\.tfevents\.|\.(?:jsonl|ndjson|csv|tsv|log|out|wandb|db)$|^(?:trainer_state|metrics|scalars|history|results|log|logs|output|stdout|trainer_log)\.(?:json|txt)$)/i;
const DEEPEST = 6;
const MOST_FILES = 5000;

/** The first bytes of a file. Throws `BAD_OPTION` where it can't be read. */
export async function readHead(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const buffer = new Uint8Array(HEAD_LENGTH);
      const { bytesRead } = await file.read(buffer, 0, HEAD_LENGTH, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new TrainscopeError("BAD_OPTION", `can't read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Those of the folder and of folders in it, the newest first. A folder `metrics` with MLflow's files is one of its run's. */
export async function findLogs(folder: string): Promise<readonly FoundLog[]> {
  const files: string[] = [];
  await walk(folder, 0, files);
  const logs: FoundLog[] = [];
  for (const path of files) {
    const log = await recogniseLog(folder, path);
    if (log !== undefined) logs.push(log);
  }
  return logs.sort((one, other) => other.modified - one.modified || (one.path < other.path ? -1 : 1));
}

async function walk(folder: string, depth: number, files: string[]): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (depth > 0) return;
    throw new TrainscopeError("BAD_OPTION", `can't read the folder ${folder}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (files.length >= MOST_FILES) return;
    if (entry.isDirectory()) {
      if (depth < DEEPEST && !NO_LOGS.test(entry.name)) await walk(path, depth + 1, files);
    } else if (entry.isFile() && (LOG_NAME.test(entry.name) || isMetricPath(path))) files.push(path);
  }
}

/** MLflow's metrics have no ending; their names may hold slashes, which are folders then. */
function isMetricPath(path: string): boolean {
  return path.split(sep).slice(0, -1).includes("metrics");
}

async function recogniseLog(folder: string, path: string): Promise<FoundLog | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    if (size === 0) return undefined;
    const format = recogniseFormat(await readHead(path), basename(path));
    if (format === undefined || (format.name === "mlflow") !== isMetricPath(path)) return undefined;
    return { path, format, group: relative(folder, groupOf(path, format)), modified: mtimeMs };
  } catch {
    // A file that went away, or that others may not read, is no log of ours.
    return undefined;
  }
}

function groupOf(path: string, format: Format): string {
  const folder = dirname(path);
  if (format.name !== "mlflow") return folder;
  const parts = path.split(sep);
  return parts.slice(0, parts.lastIndexOf("metrics")).join(sep);
}
