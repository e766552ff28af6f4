// What every run leaves in its folder: run.json, whole before training starts, and its log.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type TrainingEvent, TrainscopeError } from "@trainscope/core";
import { reasonOf, writeWhole } from "../run-folder.ts";
import { createEventLog } from "./event-log.ts";
import type { RunRecord } from "./run-record.ts";

export const RECORD_FILE = "run.json";
export const LOG_FILE = "events.jsonl";

export interface RunLog {
  /** Of events.jsonl, as the user would type it. */
  readonly path: string;
  add(event: TrainingEvent): void;
  /**
   * Writes what is left; gives the reason where the log lacks something for good. Where no event came, the run never
   * started: both files are removed.
   */
  close(): Promise<string | undefined>;
}

/** Writes into a run's folder, which is there. Throws `OUTPUT_NOT_WRITABLE` where it can't, and leaves nothing then. */
export async function createRunLog(
  folder: string,
  record: RunRecord,
  onTrouble: (reason: string) => void,
): Promise<RunLog> {
  const path = join(folder, LOG_FILE);
  const recordPath = join(folder, RECORD_FILE);
  let isEmpty = true;
  let isLogMade = false;
  try {
    const log = await createEventLog(path, onTrouble);
    isLogMade = true;
    await writeWhole(recordPath, `${JSON.stringify(record, null, 2)}\n`);
    return {
      path,
      add(event) {
        isEmpty = false;
        log.add(event);
      },
      async close() {
        const lacking = await log.close();
        if (isEmpty) await Promise.all([recordPath, path].map((made) => rm(made, { force: true })));
        return lacking;
      },
    };
  } catch (error) {
    if (isLogMade) await rm(path, { force: true });
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write into ${folder}: ${reasonOf(error)}`, {
      hint: "Name a folder that you may write to with --out.",
      cause: error,
    });
  }
}
