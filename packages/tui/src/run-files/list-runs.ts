// The runs in a folder, as they are on disk.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core";
import { reasonOf } from "../run-folder.ts";
import { LOG_FILE, RECORD_FILE } from "./run-log.ts";
import { type RunSummary, summariseRun } from "./run-summary.ts";

/** Read at a time: enough to keep the disk busy, few enough for any limit of open files. */
const AT_ONCE = 16;

/**
 * Every folder that has a run.json or an events.jsonl, the newest first; those that nothing is known of come last.
 * Throws `BAD_OPTION` where the folder can't be read.
 */
export async function listRuns(folder: string): Promise<readonly RunSummary[]> {
  const names = await namesIn(folder);
  const runs: RunSummary[] = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const some = names.slice(first, first + AT_ONCE).map((name) => readRun(folder, name));
    runs.push(...(await Promise.all(some)).filter((run) => run !== undefined));
  }
  return runs.sort(
    (one, other) => compare(other.startedAt ?? "", one.startedAt ?? "") || compare(other.run, one.run),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT" ? "it does not exist" : code === "ENOTDIR" ? "it is no folder" : reasonOf(error);
    throw new TrainscopeError("BAD_OPTION", `can't read the runs in ${folder}: ${reason}`, {
      hint: "Name the folder that runs were written to with --out; it is taken from the working folder.",
      cause: error,
    });
  }
}

/** `undefined` where the folder is none of a run. */
async function readRun(folder: string, name: string): Promise<RunSummary | undefined> {
  const [record, log] = await Promise.all(
    [RECORD_FILE, LOG_FILE].map((file) => readFile(join(folder, name, file), "utf8").catch(missing)),
  );
  if (record === undefined || log === undefined) return undefined;
  const isRun = [record, log].some((found) => !(found instanceof MissingFile));
  return isRun ? summariseRun(name, record, log) : undefined;
}

class MissingFile extends Error {}

function missing(error: NodeJS.ErrnoException): Error {
  const isThere = error.code !== "ENOENT" && error.code !== "ENOTDIR";
  return isThere ? new Error(reasonOf(error)) : new MissingFile("it is missing");
}
