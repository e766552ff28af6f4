// A run as it lies on the disk: how it began, what was logged, what it is called, and what is wrong with its files.
import { basename, join, resolve } from "node:path";
import { messageOf, requireArgument } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import { LOG_FILE, RECORD_FILE, SOURCE_FILE } from "../files/file-names.ts";
import { isMissing, readSmallFile } from "../files/regular-file.ts";
import { reasonOf } from "../files/run-folder.ts";
import { readLabel } from "../labels/label.ts";
import { type Label, NO_LABEL } from "../labels/label-file.ts";
import { describeFindings, readLog } from "../log/read-log.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { SourceRecord } from "../record/source-record.ts";
import { isSweptRun } from "./swept-run.ts";

/** A run's folder that was read. */
export interface StoredRun {
  /** As it was given. */
  readonly folder: string;
  /** As the record says, else the log, else the folder's name. */
  readonly runId: string;
  /** `undefined` where it is missing, as with another program's run and a sweep's, or damaged. */
  readonly record: RunRecord | undefined;
  /** What it was imported from; `undefined` where it is a run of ours, or nothing says. */
  readonly source: SourceRecord | undefined;
  readonly events: readonly TrainingEvent[];
  readonly label: Label;
  /** What is wrong with its files, a clause each. A log whose last line was torn is as it should be. */
  readonly problems: readonly string[];
}

/**
 * Reads what there is of a run. Throws `BAD_DATA` where its log is there and can't be read to its end: whoever goes on
 * from it would take it for a shorter one.
 */
export async function readRun(folder: string): Promise<StoredRun> {
  requireArgument("readRun", "folder", folder, "a text");
  const { record, source, label, problems } = await readRunFiles(folder);
  const events: TrainingEvent[] = [];
  const findings = await readLog(join(folder, LOG_FILE), { onEvent: (event) => events.push(event) });
  const ofLog = findings === undefined ? [`${LOG_FILE}: it is missing`] : describeFindings(findings);
  const runId = record?.runId ?? events[0]?.runId ?? basename(resolve(folder));
  return { folder, runId, record, source, events, label, problems: [...problems, ...ofLog] };
}

/** What stands beside a run's log. */
export type RunFiles = Pick<StoredRun, "record" | "source" | "label" | "problems">;

/** Never rejects: what can't be read is among the problems. */
export async function readRunFiles(folder: string): Promise<RunFiles> {
  requireArgument("readRunFiles", "folder", folder, "a text");
  const problems: string[] = [];
  const [{ parseSourceRecord }, { parseRecord }] = await Promise.all([
    import("../record/parse-source-record.ts"),
    import("../record/parse-record.ts"),
  ]);
  const source = await readPart(folder, SOURCE_FILE, parseSourceRecord);
  const record = await readPart(folder, RECORD_FILE, parseRecord);
  if (typeof source === "string") problems.push(`${SOURCE_FILE}: ${source}`);
  if (typeof record === "string") problems.push(`${RECORD_FILE}: ${record}`);
  else if (record === undefined && source === undefined && !(await isSweptRun(folder))) {
    problems.push(`${RECORD_FILE}: it is missing`);
  }
  const label = await readLabel(folder).catch((error: unknown) => {
    problems.push(messageOf(error));
    return NO_LABEL;
  });
  return { record: known(record), source: known(source), label, problems };
}

/** `undefined` where there is no such file, and what is wrong with one as a clause. */
async function readPart<Part>(
  folder: string,
  file: string,
  parse: (text: string) => Part | string,
): Promise<Part | string | undefined> {
  return await readSmallFile(join(folder, file)).then(parse, (error) =>
    isMissing(error) ? undefined : reasonOf(error),
  );
}

function known<Part>(part: Part | string | undefined): Part | undefined {
  return typeof part === "string" ? undefined : part;
}

/** The first event of a run's log, without the rest being read; `undefined` where there is none. Throws `BAD_DATA`. */
export async function readFirstEvent(folder: string): Promise<TrainingEvent | undefined> {
  requireArgument("readFirstEvent", "folder", folder, "a text");
  let first: TrainingEvent | undefined;
  await readLog(join(folder, LOG_FILE), {
    onEvent(event) {
      first ??= event;
    },
    isEnough: () => first !== undefined,
  });
  return first;
}
