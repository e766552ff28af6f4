// The two files that tell of a run, in its folder: run.json before it starts, events.jsonl while it goes on.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import { LOG_FILE, RECORD_FILE } from "../files/file-names.ts";
import { reasonOf, writeWhole } from "../files/run-folder.ts";
import type { RunRecord } from "../record/run-record.ts";
import { type BeforeWrite, continueEventLog, createEventLog, type EventLogWriter } from "./event-log.ts";
import { sizeBefore } from "./read-log.ts";

/** A run's log while it is written. */
export interface RunLog {
  /** Of events.jsonl, as the user would type it. */
  readonly path: string;
  add(event: TrainingEvent): void;
  /** Resolves when all that was added is on the disk, or could not be written; tells whether it is. */
  flush(): Promise<boolean>;
  /** Whether an event was added: a run without one never started. */
  isBegun(): boolean;
  /**
   * Writes what is left; gives the reason where the log lacks something for good. Of a run that never started both files
   * are removed, if this has made them.
   */
  close(): Promise<string | undefined>;
}

/** Writes into a run's folder, which is there. Throws `OUTPUT_NOT_WRITABLE` where it can't, and leaves nothing then. */
export async function createRunLog(
  folder: string,
  record: RunRecord,
  onTrouble: (reason: string) => void,
  beforeWrite?: BeforeWrite,
): Promise<RunLog> {
  const path = join(folder, LOG_FILE);
  const recordPath = join(folder, RECORD_FILE);
  let isRecordMade = false;
  try {
    // First: a log without it can't be gone on with, whereas a run without a log begins anew.
    await writeWhole(recordPath, `${JSON.stringify(record, null, 2)}\n`);
    isRecordMade = true;
    const log = runLogOf(path, await createEventLog(path, onTrouble, beforeWrite));
    return {
      ...log,
      async close() {
        const lacking = await log.close();
        if (!log.isBegun()) await Promise.all([recordPath, path].map((made) => rm(made, { force: true })));
        return lacking;
      },
    };
  } catch (error) {
    if (isRecordMade) await rm(recordPath, { force: true });
    throw notWritable(folder, error);
  }
}

/**
 * Goes on with a run's log after the event before `seq`: what follows it is cut off. Of a run that was killed before it had
 * one it is made. Throws `BAD_DATA` where the log can't be read, which is left as it is then, and `OUTPUT_NOT_WRITABLE`.
 */
export async function continueRunLog(
  folder: string,
  seq: number,
  onTrouble: (reason: string) => void,
  beforeWrite?: BeforeWrite,
): Promise<RunLog> {
  const path = join(folder, LOG_FILE);
  const size = await sizeBefore(path, seq);
  try {
    const log =
      size === undefined
        ? await createEventLog(path, onTrouble, beforeWrite)
        : await continueEventLog(path, size, onTrouble, beforeWrite);
    return runLogOf(path, log);
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function runLogOf(path: string, writer: EventLogWriter): RunLog {
  let isBegun = false;
  return {
    ...writer,
    path,
    add(event) {
      isBegun = true;
      writer.add(event);
    },
    isBegun: () => isBegun,
  };
}

function notWritable(folder: string, error: unknown): TrainscopeError {
  return new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write into ${folder}: ${reasonOf(error)}`, {
    hint: "Name a folder that you may write to with --out.",
    cause: error,
  });
}
