// A run as it lies on the disk: how it began, what was logged, what it is called, and what is wrong with its files.
import { basename, join, resolve } from "node:path";
import { messageOf, readEventLog, type TrainingEvent } from "@trainscope/core";
import { reasonOf } from "../run-folder.ts";
import { type Label, NO_LABEL, readLabel } from "./label.ts";
import { parseRecord } from "./parse-record.ts";
import { LOG_FILE, RECORD_FILE } from "./run-log.ts";
import { readPart } from "./run-parts.ts";
import type { RunRecord } from "./run-record.ts";

export interface StoredRun {
  /** As it was given. */
  readonly folder: string;
  /** As the record says, else the log, else the folder's name. */
  readonly runId: string;
  /** `undefined` where it is missing, as with another program's run, or damaged. */
  readonly record: RunRecord | undefined;
  readonly events: readonly TrainingEvent[];
  readonly label: Label;
  /** What is wrong with its files, a clause each. A log whose last line was torn is as it should be. */
  readonly problems: readonly string[];
}

/** Reads what there is of a run; never rejects. */
export async function readRun(folder: string): Promise<StoredRun> {
  const problems: string[] = [];
  const told = (file: string) => (error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    problems.push(`${file}: ${isMissing ? "it is missing" : reasonOf(error)}`);
    return undefined;
  };
  const recordText = await readPart(join(folder, RECORD_FILE)).then(String, told(RECORD_FILE));
  const parsed = recordText === undefined ? undefined : parseRecord(recordText);
  if (typeof parsed === "string") problems.push(`${RECORD_FILE}: ${parsed}`);
  const record = typeof parsed === "string" ? undefined : parsed;
  const log = readEventLog((await readPart(join(folder, LOG_FILE)).then(String, told(LOG_FILE))) ?? "");
  problems.push(...log.problems.map(({ line, reason }) => `${LOG_FILE}, line ${line}: ${reason}`));
  const label = await readLabel(folder).catch((error: unknown) => {
    problems.push(messageOf(error));
    return NO_LABEL;
  });
  const runId = record?.runId ?? log.events[0]?.runId ?? basename(resolve(folder));
  return { folder, runId, record, events: log.events, label, problems };
}
