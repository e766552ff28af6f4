// What a comparison knows of a run, from what it left on disk. No file is read here.
import {
  type Axis,
  appendValues,
  axisOf,
  type BestValue,
  bestOf,
  createHistory,
  type History,
  isValuesEvent,
  type MetricInfo,
  type MetricValues,
  newestX,
  type RunEndEvent,
  type RunStartEvent,
  type Split,
  type TrainingEvent,
} from "@trainscope/core";
import { plannedEpochs } from "../run-files/planned-epochs.ts";
import { type RunState, stateOfSign } from "../run-files/run-state.ts";
import type { Sign } from "../run-files/session.ts";
import { clockOf, type RunClock } from "./run-clock.ts";
import { type Recorded, type SettingTexts, settingTexts } from "./run-settings.ts";

/** A run as it was read: its events, and what stands beside its log. */
export interface ReadRun {
  /** Of its own in any comparison: the folder's path. */
  readonly key: string;
  readonly runId: string;
  /** What the user calls it. */
  readonly label: string | null;
  readonly tags: readonly string[];
  /** What it began with, for a log that has lost its beginning; `undefined` where that is unknown, too. */
  readonly record: (Recorded & { readonly startedAt: string }) | undefined;
  readonly events: readonly TrainingEvent[];
  /** What is wrong with its files, a clause each. */
  readonly problems: readonly string[];
  /** Whether a process trains it. */
  readonly sign: Sign;
  /** Milliseconds since 1970. */
  readonly lastSign: number | undefined;
}

export interface ComparedRun extends Omit<ReadRun, "record" | "events" | "sign"> {
  readonly state: RunState;
  /** Milliseconds since 1970; `undefined` where nothing tells. */
  readonly startedAt: number | undefined;
  readonly settings: SettingTexts;
  /** Those that it says of, and any others that it has values of, with no direction. */
  readonly metrics: ReadonlyMap<string, MetricInfo>;
  readonly history: History;
  /** What the x of its history are. */
  readonly axis: Axis;
  readonly clock: RunClock;
  /** Of the metrics that have a direction. */
  readonly best: ReadonlyMap<string, BestValue>;
  /** `test/name` to its value; empty before the run's end. */
  readonly test: MetricValues;
  /** The epoch whose parameters they are of. */
  readonly testEpoch: number | null;
  /** Epochs, or steps, whose number isn't known before. */
  readonly epochs: { readonly done: number; readonly planned: number | null };
  readonly parent: RunStartEvent["parent"];
}

export function comparedRun({ record, events, sign, ...read }: ReadRun): ComparedRun {
  const start = events.find((event): event is RunStartEvent => event.type === "run:start");
  const history = historyAfter(events);
  const axis = axisOf(start);
  const planned = axis === "step" ? null : plannedEpochs(events, record?.settings.epochs);
  const metrics = metricsOf(start?.metrics ?? [], history);
  const end = endOf(events);
  const tests = Object.entries(end?.metrics ?? {}).filter(([tag]) => tag.startsWith("test/"));
  return {
    ...read,
    state: end?.reason ?? stateOfSign(sign),
    startedAt: start?.time ?? timeOf(record?.startedAt),
    settings: settingTexts(events, record),
    metrics,
    history,
    axis,
    clock: clockOf(events),
    best: bestsOf(history, metrics),
    test: Object.fromEntries(tests),
    testEpoch: end?.keptEpoch ?? null,
    epochs: { done: Math.floor(newestX(history) ?? 0), planned },
    parent: start?.parent,
  };
}

function timeOf(iso: string | undefined): number | undefined {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}

/** An end that the run was continued after is none. */
function endOf(events: readonly TrainingEvent[]): RunEndEvent | undefined {
  const last = events.findLast(({ type }) => type === "run:end" || type === "run:resume");
  return last?.type === "run:end" ? last : undefined;
}

function historyAfter(events: readonly TrainingEvent[]): History {
  const history = createHistory();
  for (const event of events) if (isValuesEvent(event)) appendValues(history, event);
  return history;
}

function metricsOf(told: readonly MetricInfo[], { series }: History): ReadonlyMap<string, MetricInfo> {
  const metrics = new Map(told.map((info) => [info.tag, info]));
  for (const tag of series.keys()) if (!metrics.has(tag)) metrics.set(tag, plainMetric(tag));
  return metrics;
}

function plainMetric(tag: string): MetricInfo {
  const [split = "", ...name] = tag.split("/");
  const known = split as Split;
  return { tag, name: name.join("/") || tag, split: known, direction: "none", unit: null, display: {} };
}

function bestsOf(history: History, metrics: ReadonlyMap<string, MetricInfo>): ReadonlyMap<string, BestValue> {
  const bests = new Map<string, BestValue>();
  for (const { tag, direction } of metrics.values()) {
    const best = bestOf(history, tag, direction);
    if (best !== undefined) bests.set(tag, best);
  }
  return bests;
}
