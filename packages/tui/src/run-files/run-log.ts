// The two files that tell of a run, in its folder: run.json before it starts, events.jsonl while it goes on.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type TrainingEvent, TrainscopeError } from "@trainscope/core";
import { reasonOf, writeWhole } from "../run-folder.ts";
import { type BeforeWrite, continueEventLog, createEventLog, type EventLogWriter } from "./event-log.ts";
import type { RunRecord } from "./run-record.ts";

export const RECORD_FILE = "run.json";
export const LOG_FILE = "events.jsonl";

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
 * one it is made. Throws `OUTPUT_NOT_WRITABLE`.
 */
export async function continueRunLog(
  folder: string,
  seq: number,
  onTrouble: (reason: string) => void,
  beforeWrite?: BeforeWrite,
): Promise<RunLog> {
  const path = join(folder, LOG_FILE);
  try {
    const found = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    const log =
      found === undefined
        ? await createEventLog(path, onTrouble, beforeWrite)
        : await continueEventLog(path, sizeBefore(found, seq), onTrouble, beforeWrite);
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

const LINE_END = 0x0a;

/** The bytes up to the end of the last event before `seq`, whatever lies between them. */
export function sizeBefore(log: Uint8Array, seq: number): number {
  const text = new TextDecoder();
  let size = 0;
  for (let start = 0; start < log.length; ) {
    const end = log.indexOf(LINE_END, start);
    if (end < 0) break;
    const found = seqOf(text.decode(log.subarray(start, end)));
    if (found !== undefined && found < seq) size = end + 1;
    start = end + 1;
  }
  return size;
}

function seqOf(line: string): number | undefined {
  try {
    const { seq } = JSON.parse(line) as { readonly seq?: unknown };
    return typeof seq === "number" ? seq : undefined;
  } catch {
    return undefined;
  }
}

function notWritable(folder: string, error: unknown): TrainscopeError {
  return new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write into ${folder}: ${reasonOf(error)}`, {
    hint: "Name a folder that you may write to with --out.",
    cause: error,
  });
}
