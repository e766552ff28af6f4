// The runs in a folder, as they are on disk.
import { join } from "node:path";
import { reasonOf } from "../run-folder.ts";
import { foldersIn } from "./find-run.ts";
import { LABEL_FILE } from "./label.ts";
import { LOG_FILE, RECORD_FILE } from "./run-log.ts";
import { readPart } from "./run-parts.ts";
import { type RunSummary, summariseRun, withLiveness } from "./run-summary.ts";
import { readLiveness } from "./session.ts";

/** Read at a time: enough to keep the disk busy, few enough for any limit of open files. */
const AT_ONCE = 16;

/**
 * Every folder that has a run.json or an events.jsonl, the newest first; those that nothing is known of come last.
 * Throws `BAD_OPTION` where the folder can't be read.
 */
export async function listRuns(folder: string): Promise<readonly RunSummary[]> {
  const names = await foldersIn(folder);
  const runs: RunSummary[] = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const some = names.slice(first, first + AT_ONCE).map((name) => summariseFolder(folder, name));
    runs.push(...(await Promise.all(some)).filter((run) => run !== undefined));
  }
  return runs.sort(
    (one, other) => compare(other.startedAt ?? "", one.startedAt ?? "") || compare(other.run, one.run),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `undefined` where the folder is none of a run. */
async function summariseFolder(folder: string, name: string): Promise<RunSummary | undefined> {
  // Decoded as a whole, which for a long log takes a third of the time of `readFile` with an encoding.
  const read = (file: string) => readPart(join(folder, name, file)).then(String, missing);
  const [record, log, label] = await Promise.all([read(RECORD_FILE), read(LOG_FILE), read(LABEL_FILE)]);
  if (record instanceof MissingFile && log instanceof MissingFile) return undefined;
  const texts = { record, log, label: label instanceof MissingFile ? undefined : label };
  const run = summariseRun(name, texts);
  return run.state === "no-end" ? withLiveness(run, await readLiveness(join(folder, name))) : run;
}

class MissingFile extends Error {}

function missing(error: NodeJS.ErrnoException): Error {
  const isThere = error.code !== "ENOENT" && error.code !== "ENOTDIR";
  return isThere ? new Error(reasonOf(error)) : new MissingFile("it is missing");
}
