// The runs in a folder, as they are on disk.
import { join } from "node:path";
import { LOG_FILE, RECORD_FILE, SOURCE_FILE } from "../files/file-names.ts";
import { isMissing, readSmallFile } from "../files/regular-file.ts";
import { reasonOf } from "../files/run-folder.ts";
import { LABEL_FILE } from "../labels/label-file.ts";
import { createLogSummary } from "../log/log-summary.ts";
import { readLog } from "../log/read-log.ts";
import { skimEpoch } from "../log/skim-epoch.ts";
import { readLiveness } from "../sessions/session.ts";
import { foldersIn } from "./find-run.ts";
import type { RunContents, RunSummary } from "./run-summary.ts";
import { isSweptRun } from "./swept-run.ts";

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
async function summariseFolder(out: string, name: string): Promise<RunSummary | undefined> {
  const folder = join(out, name);
  const [record, source, log, label] = await Promise.all([
    readText(join(folder, RECORD_FILE)),
    readText(join(folder, SOURCE_FILE)),
    readLogSummary(join(folder, LOG_FILE)),
    readText(join(folder, LABEL_FILE)),
  ]);
  if (record === undefined && log === undefined) return undefined;
  const { summariseRun, withLiveness } = await import("./run-summary.ts");
  const due = (await isSweptRun(folder)) ? undefined : MISSING;
  const run = summariseRun(name, { record: record ?? due, source, log: log ?? MISSING, label });
  return run.state === "no-end" ? withLiveness(run, await readLiveness(folder)) : run;
}

const MISSING = new Error("it is missing");

/** `undefined` where there is no such file. */
function readText(path: string): Promise<string | Error | undefined> {
  return readSmallFile(path).catch((error: unknown) =>
    isMissing(error) ? undefined : new Error(reasonOf(error)),
  );
}

async function readLogSummary(path: string): Promise<RunContents["log"] | undefined> {
  const summary = createLogSummary();
  try {
    const findings = await readLog(path, { onEvent: summary.add, skim: skimEpoch });
    return findings && { summary, findings };
  } catch (error) {
    return new Error(reasonOf((error as Error).cause));
  }
}
