// A run that another trainer trains, written as it goes on: what lists, compares, replays and follows runs then serves it.
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import {
  EVENT_VERSION,
  type RunEndReason,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core/events";
import { isEvent, RecordEvents, type ValuesRecord } from "@trainscope/core/records";
import { createRunId } from "@trainscope/core/training";
import { from, lastValueFrom, type ObservableInput, tap } from "rxjs";
import { LOG_FILE, SOURCE_FILE } from "../files/file-names.ts";
import { createRunFolder, type RunFolder, reasonOf, writeWhole } from "../files/run-folder.ts";
import { writeLabel } from "../labels/label.ts";
import { createEventLog, type EventLogWriter } from "../log/event-log.ts";
import { SOURCE_RECORD_VERSION, type SourceRecord } from "../record/source-record.ts";
import { beginSession, type Session } from "../sessions/session.ts";

/** What is known of a run as it begins; all of it may be left out. */
export interface NewRun {
  /** What it is called, beside the id of its folder. */
  readonly name?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** By name, as plain data. Of `epochs`, `learningRate`, `batchSize` and `seed` readers know what they are. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Told once, where the log can't be written; it is tried again with what is written next. */
  readonly onTrouble?: ((reason: string) => void) | undefined;
}

/** A run while it is written. Where its process ends without `end`, the run is told to have died. */
export interface WrittenRun {
  readonly runId: string;
  /** Its folder, within the one that was named. */
  readonly folder: string;
  /**
   * Adds values, `{ epoch: 1, loss: 0.9, val_loss: 1.1 }`, or an event of the run's grammar; it is written in the background.
   * Throws `BAD_DATA` for what is no object, and `BAD_OPTION` after the end.
   */
  write(values: ValuesRecord | TrainingEvent): void;
  /**
   * Writes what is left and how the run ended, "completed" where nothing is said. Of a run that told nothing no file stays.
   * Rejects with `OUTPUT_NOT_WRITABLE` where the log lacks something.
   */
  end(reason?: RunEndReason): Promise<void>;
}

/**
 * Makes a run's folder within `out`. Throws `BAD_OPTION` for settings that can't be kept, and `OUTPUT_NOT_WRITABLE` where the
 * folder can't be made, with nothing left behind.
 *
 * @example
 * const run = await createRun("runs", { name: "first try", settings: { learningRate: 0.1 } });
 * run.write({ epoch: 1, loss: 0.9, val_loss: 1.1 });
 * await run.end();
 */
export async function createRun(out: string, options: NewRun = {}): Promise<WrittenRun> {
  const { settings = {}, onTrouble = () => {} } = options;
  const config = await configOf(settings);
  const folder = await createRunFolder(out, createRunId);
  const { path } = folder;
  let session: Session | undefined;
  try {
    session = await beginSession(path);
    const { isOwn } = session;
    await describe(path, options);
    const log = await createEventLog(join(path, LOG_FILE), onTrouble, async () => {
      if (!(await isOwn())) throw new Error("another process has taken the run over");
    });
    return writtenRun(folder, log, session, config);
  } catch (error) {
    await session?.close();
    await rm(path, { recursive: true, force: true });
    await folder.close();
    throw error instanceof TrainscopeError ? error : notWritable(path, reasonOf(error), error);
  }
}

/**
 * Writes a run from a stream of its events, or of plain objects of numbers, until it completes; gives the run's folder. Where
 * the stream fails the run is kept as one that failed, and the stream's error is thrown.
 */
export async function recordRun(
  source: ObservableInput<ValuesRecord | TrainingEvent>,
  out: string,
  options: NewRun = {},
): Promise<string> {
  const run = await createRun(out, options);
  try {
    await lastValueFrom(from(source).pipe(tap(run.write)), { defaultValue: undefined });
  } catch (error) {
    // The stream's own error says more than a disk's.
    await run.end("failed").catch(() => {});
    throw error;
  }
  await run.end();
  return run.folder;
}

function writtenRun(
  folder: RunFolder,
  log: EventLogWriter,
  session: Session,
  config: RunStartEvent["config"],
): WrittenRun {
  const runId = basename(folder.path);
  const records = new RecordEvents({ runId, config });
  let newest: TrainingEvent["type"] | undefined;
  let ending: Promise<void> | undefined;

  function add(event: TrainingEvent): void {
    newest = event.type;
    log.add({ ...event, runId });
  }

  async function finish(reason: RunEndReason): Promise<void> {
    if (records.isBegun && newest !== "run:end") add(records.end(reason));
    const lacking = await log.close();
    await session.close();
    if (newest === undefined) await rm(folder.path, { recursive: true, force: true });
    await folder.close();
    if (lacking !== undefined) throw notWritable(folder.path, `its log lacks what was told last: ${lacking}`);
  }

  return {
    runId,
    folder: folder.path,
    write(values) {
      if (ending !== undefined) throw new TrainscopeError("BAD_OPTION", `the run ${runId} has ended already`);
      for (const event of isEvent(values) ? [values] : records.add(values)) add(event);
    },
    end(reason = "completed") {
      ending ??= finish(reason);
      return ending;
    },
  };
}

/** What stands beside the log: where the figures come from, and what the run is called. */
async function describe(folder: string, { name, tags = [] }: NewRun): Promise<void> {
  const now = Date.now();
  const record: SourceRecord = {
    v: SOURCE_RECORD_VERSION,
    runId: basename(folder),
    format: "records",
    files: [],
    sha256: "",
    modified: now,
    imported: now,
    versions: { trainscope: createRequire(import.meta.url)("../../package.json").version },
  };
  await writeWhole(join(folder, SOURCE_FILE), `${JSON.stringify(record)}\n`);
  if (name !== undefined || tags.length > 0) await writeLabel(folder, { name: name ?? null, tags });
}

/** Those that every reader of the log will read. */
async function configOf(settings: NonNullable<NewRun["settings"]>): Promise<RunStartEvent["config"]> {
  // The schemas take as long to load as all else that a run is written with.
  const { parseEvent } = await import("@trainscope/core/log");
  const start = { v: EVENT_VERSION, seq: 0, runId: "run", time: 0, type: "run:start", metrics: [] };
  const parsed = parseEvent({ ...start, config: JSON.parse(JSON.stringify(settings)) });
  if (parsed.kind === "event" && parsed.event.type === "run:start") return parsed.event.config;
  const reason = "reason" in parsed ? parsed.reason : "they are no settings";
  throw new TrainscopeError("BAD_OPTION", `the run's settings can't be kept: ${reason}`, {
    hint: "Under another name a setting may be any plain value.",
  });
}

function notWritable(folder: string, reason: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write the run ${folder}: ${reason}`, {
    hint: "Name a folder that may be written to.",
    cause,
  });
}
