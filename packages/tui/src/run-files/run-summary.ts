// What a run came to, in a line of a list, from what it left on disk. No file is read here.
import {
  appendEpoch,
  type BestValue,
  bestOf,
  createHistory,
  metricTag,
  type RunEndReason,
  type RunStartEvent,
  readEventLog,
  resolveSettings,
  type TrainingEvent,
  type TrainSettings,
} from "@trainscope/core";
import { parseRecord } from "./parse-record.ts";
import { LOG_FILE, RECORD_FILE } from "./run-log.ts";

/** How the run ended; "no end" where the log doesn't say: it was killed, left at once, or still goes on. */
export type RunState = RunEndReason | "no end";

export interface RunSummary {
  /** The name of its folder. */
  readonly run: string;
  /** ISO 8601, UTC; `null` where nothing says when, as with all that follows. */
  readonly startedAt: string | null;
  readonly data: string | null;
  /** Those the run started with. */
  readonly settings: TrainSettings | null;
  /** `planned` may have been changed on the way. */
  readonly epochs: { readonly done: number; readonly planned: number | null };
  readonly state: RunState;
  /** A fraction, with its epoch. */
  readonly bestValidationAccuracy: BestValue | null;
  /** A fraction. */
  readonly testAccuracy: number | null;
  /** What is wrong with its files, a clause each. */
  readonly problems: readonly string[];
}

/** `record` and `log` are what the two files hold; an `Error` in place of one that can't be read. */
export function summariseRun(run: string, record: string | Error, log: string | Error): RunSummary {
  const parsed = record instanceof Error ? record.message : parseRecord(record);
  const problems = typeof parsed === "string" ? [`${RECORD_FILE}: ${parsed}`] : [];
  const read = log instanceof Error ? undefined : readEventLog(log);
  if (log instanceof Error) problems.push(`${LOG_FILE}: ${log.message}`);
  for (const { line, reason } of read?.problems.slice(0, 1) ?? []) {
    problems.push(`${LOG_FILE}, line ${line}: ${reason}`);
  }
  const events = read?.events ?? [];
  const start = events.find((event): event is RunStartEvent => event.type === "run:start");
  const known = typeof parsed === "string" ? undefined : parsed;
  const settings = known?.settings ?? settingsOf(start);
  return {
    run,
    startedAt: known?.startedAt ?? (start === undefined ? null : isoTime(start.time)),
    data: known?.data.name ?? (start === undefined ? null : String(start.data.name)),
    settings,
    ...outcomeOf(events, settings),
    problems,
  };
}

/** `null` where they are of no version that is known. */
function settingsOf(start: RunStartEvent | undefined): TrainSettings | null {
  if (start === undefined) return null;
  try {
    return resolveSettings(start.config);
  } catch {
    return null;
  }
}

function outcomeOf(events: readonly TrainingEvent[], settings: TrainSettings | null) {
  const history = createHistory();
  let planned = settings?.epochs ?? null;
  let state: RunState = "no end";
  let testAccuracy: number | null = null;
  for (const event of events) {
    if (event.type === "epoch:end") appendEpoch(history, event);
    else if (event.type === "control" && event.action === "epochs") planned = Number(event.to);
    else if (event.type === "run:end") {
      state = event.reason;
      testAccuracy = event.metrics[metricTag("test", "accuracy")] ?? null;
    }
  }
  const best = bestOf(history, metricTag("validation", "accuracy"), "max");
  return {
    epochs: { done: history.epochs.length, planned },
    state,
    bestValidationAccuracy: best ?? null,
    testAccuracy,
  };
}

/** `null` where the number is no time. */
function isoTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
