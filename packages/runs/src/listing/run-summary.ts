// What a run came to, in a line of a list, from what it left on disk. No file is read here.
import type { RunStartEvent } from "@trainscope/core/events";
import { metricTag } from "@trainscope/core/history";
import type { LogFindings } from "@trainscope/core/log";
import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import { LOG_FILE, RECORD_FILE, SOURCE_FILE } from "../files/file-names.ts";
import { LABEL_FILE, type Label, NO_LABEL } from "../labels/label-file.ts";
import { parseLabel } from "../labels/parse-label.ts";
import { createLogSummary, type LogSummary } from "../log/log-summary.ts";
import { describeProblem } from "../log/read-log.ts";
import { parseRecord } from "../record/parse-record.ts";
import { parseSourceRecord } from "../record/parse-source-record.ts";
import type { Liveness } from "../sessions/session.ts";
import { type RunState, stateOfProcess } from "./run-state.ts";

/** A run as a list shows it. */
export interface RunSummary {
  /** The name of its folder. */
  readonly run: string;
  /** That the user has given it. */
  readonly name: string | null;
  readonly tags: readonly string[];
  /** ISO 8601, UTC; `null` where nothing says when, as with all that follows. */
  readonly startedAt: string | null;
  readonly data: string | null;
  /** Those the run started with; of another program's run those that it told. */
  readonly settings: Partial<TrainSettings> | null;
  /** The run that it was forked from, and where. */
  readonly parent: { readonly runId: string; readonly epoch: number; readonly batch: number } | null;
  /** How often it was continued. */
  readonly resumed: number;
  /** `done` is the number of the last, which a fork counts as its parent does; `planned` may have been changed on the way. */
  readonly epochs: { readonly done: number; readonly planned: number | null };
  readonly state: RunState;
  /** ISO 8601, UTC: when its process last gave a sign, where the log has no end. */
  readonly lastSign: string | null;
  /** A fraction, with its epoch. */
  readonly bestValidationAccuracy: { readonly epoch: number; readonly value: number } | null;
  /** A fraction. */
  readonly testAccuracy: number | null;
  /** What is wrong with its files, a clause each. */
  readonly problems: readonly string[];
}

/** What the files of a run hold; an `Error` in place of one that can't be read. */
export interface RunContents {
  /** `undefined` where there is none, as with a sweep's. */
  readonly record: string | Error | undefined;
  /** What the log came to, and what there is to say of it. */
  readonly log: { readonly summary: LogSummary; readonly findings: LogFindings } | Error;
  /** What another program's run was imported from; `undefined` where there is no such file, as with our own. */
  readonly source?: string | Error | undefined;
  /** `undefined` where there is none, as with most runs. */
  readonly label: string | Error | undefined;
}

/** As the files tell; where the log has no end, `withLiveness` knows more. */
export function summariseRun(run: string, { record, source, log, label }: RunContents): RunSummary {
  const parsed = record instanceof Error ? record.message : record && parseRecord(record);
  const problems = [...sourceProblems(source)];
  // The log of another program's run says all that there is to know.
  if (typeof parsed === "string" && source === undefined) problems.push(`${RECORD_FILE}: ${parsed}`);
  problems.push(...(log instanceof Error ? [`${LOG_FILE}: ${log.message}`] : problemsOf(log)));
  const called = labelOf(label);
  if (typeof called === "string") problems.push(`${LABEL_FILE}: ${called}`);
  const { name, tags } = typeof called === "string" ? NO_LABEL : called;
  const summary = log instanceof Error ? createLogSummary() : log.summary;
  const { start } = summary;
  const known = typeof parsed === "string" ? undefined : parsed;
  const settings = known?.settings ?? settingsOf(start);
  return {
    run,
    name,
    tags,
    startedAt: known?.startedAt ?? (start === undefined ? null : isoTime(start.time)),
    data: known?.data.name ?? start?.data?.name ?? null,
    settings,
    parent: start?.parent ?? null,
    resumed: summary.resumed,
    epochs: { done: summary.epoch, planned: summary.planned || (settings?.epochs ?? null) },
    state: summary.end?.reason ?? "no-end",
    bestValidationAccuracy: summary.best ?? null,
    testAccuracy: summary.end?.metrics[metricTag("test", "accuracy")] ?? null,
    lastSign: null,
    problems,
  };
}

function sourceProblems(source: RunContents["source"]): readonly string[] {
  const parsed = typeof source === "string" ? parseSourceRecord(source) : source?.message;
  return typeof parsed === "string" ? [`${SOURCE_FILE}: ${parsed}`] : [];
}

/** The first damaged line; where nothing could be read, what is newer as well. */
function problemsOf({ summary, findings }: { summary: LogSummary; findings: LogFindings }): readonly string[] {
  const damaged = findings.problems.slice(0, 1).map(describeProblem);
  const newer = summary.isBegun ? [] : findings.newer.slice(0, 1).map((reason) => `${LOG_FILE}: ${reason}`);
  return [...damaged, ...newer];
}

/** A run whose log has no end, with what is to be seen of its process. */
export function withLiveness(run: RunSummary, { processState, lastHeartbeat }: Liveness): RunSummary {
  return {
    ...run,
    state: stateOfProcess(processState),
    lastSign: lastHeartbeat === undefined ? null : isoTime(lastHeartbeat),
  };
}

function labelOf(text: string | Error | undefined): Label | string {
  if (text === undefined) return NO_LABEL;
  return text instanceof Error ? text.message : parseLabel(text);
}

/** `null` where they are of no version that is known. */
function settingsOf(start: RunStartEvent | undefined): Partial<TrainSettings> | null {
  if (start === undefined) return null;
  // Another program's run: what it has not told isn't the default.
  if (start.environment === undefined) return start.config;
  try {
    return resolveSettings(start.config);
  } catch {
    return null;
  }
}

/** `null` where the number is no time. */
function isoTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
