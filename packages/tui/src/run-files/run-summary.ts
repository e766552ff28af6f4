// What a run came to, in a line of a list, from what it left on disk. No file is read here.
import {
  appendValues,
  bestOf,
  createHistory,
  isValuesEvent,
  metricTag,
  newestX,
  type RunStartEvent,
  readEventLog,
  resolveSettings,
  type TrainingEvent,
  type TrainSettings,
} from "@trainscope/core";
import { LABEL_FILE, type Label, NO_LABEL, parseLabel } from "./label.ts";
import { parseRecord } from "./parse-record.ts";
import { plannedEpochs } from "./planned-epochs.ts";
import { LOG_FILE, RECORD_FILE } from "./run-log.ts";
import { type RunState, stateOfSign } from "./run-state.ts";
import type { Liveness } from "./session.ts";
import { LISTED_TAG, skimEpoch } from "./skim-epoch.ts";

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
export interface RunTexts {
  readonly record: string | Error;
  readonly log: string | Error;
  /** `undefined` where there is none, as with most runs. */
  readonly label: string | Error | undefined;
}

/** As the files tell; where the log has no end, `withLiveness` knows more. */
export function summariseRun(run: string, { record, log, label }: RunTexts): RunSummary {
  const parsed = record instanceof Error ? record.message : parseRecord(record);
  const problems = typeof parsed === "string" ? [`${RECORD_FILE}: ${parsed}`] : [];
  const read = log instanceof Error ? undefined : readEventLog(log, skimEpoch);
  if (log instanceof Error) problems.push(`${LOG_FILE}: ${log.message}`);
  for (const { line, reason } of read?.problems.slice(0, 1) ?? []) {
    problems.push(`${LOG_FILE}, line ${line}: ${reason}`);
  }
  const called = labelOf(label);
  if (typeof called === "string") problems.push(`${LABEL_FILE}: ${called}`);
  const { name, tags } = typeof called === "string" ? NO_LABEL : called;
  const events = read?.events ?? [];
  const start = events.find((event): event is RunStartEvent => event.type === "run:start");
  const known = typeof parsed === "string" ? undefined : parsed;
  const settings = known?.settings ?? settingsOf(start);
  const data = known?.data.name ?? start?.data?.name;
  return {
    ...{ run, name, tags },
    startedAt: known?.startedAt ?? (start === undefined ? null : isoTime(start.time)),
    data: data === undefined ? null : String(data),
    settings,
    parent: start?.parent ?? null,
    resumed: events.filter(({ type }) => type === "run:resume").length,
    ...outcomeOf(events, settings),
    lastSign: null,
    problems,
  };
}

/** A run whose log has no end, with what is to be seen of its process. */
export function withLiveness(run: RunSummary, { sign, lastSign }: Liveness): RunSummary {
  return { ...run, state: stateOfSign(sign), lastSign: lastSign === undefined ? null : isoTime(lastSign) };
}

function labelOf(text: string | Error | undefined): Label | string {
  if (text === undefined) return NO_LABEL;
  return text instanceof Error ? text.message : parseLabel(text);
}

/** `null` where they are of no version that is known. */
function settingsOf(start: RunStartEvent | undefined): Partial<TrainSettings> | null {
  if (start === undefined) return null;
  try {
    const settings = resolveSettings(start.config);
    // Another program's run: what it has not told isn't the default.
    return start.environment === undefined ? start.config : settings;
  } catch {
    return null;
  }
}

function outcomeOf(events: readonly TrainingEvent[], settings: Partial<TrainSettings> | null) {
  const history = createHistory();
  let state: RunState = "no-end";
  let testAccuracy: number | null = null;
  for (const event of events) {
    if (isValuesEvent(event)) appendValues(history, event);
    else if (event.type === "run:resume") state = "no-end";
    else if (event.type === "run:end") {
      state = event.reason;
      testAccuracy = event.metrics[metricTag("test", "accuracy")] ?? null;
    }
  }
  const best = bestOf(history, LISTED_TAG, "max");
  return {
    epochs: { done: Math.floor(newestX(history) ?? 0), planned: plannedEpochs(events, settings?.epochs) },
    state,
    bestValidationAccuracy: best ? { epoch: best.x, value: best.value } : null,
    testAccuracy,
  };
}

/** `null` where the number is no time. */
function isoTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
