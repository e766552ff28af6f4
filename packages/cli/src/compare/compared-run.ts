// What a comparison knows of a run, from what it left on disk. No file is read here.
import type { History, Split } from "@trainscope/core";
import type { Axis, MetricInfo, MetricResultEvent, MetricValues, RunStartEvent } from "@trainscope/core/events";
import { axisOf, type BestValue, bestOf, newestX } from "@trainscope/core/history";
import { withMetricsOf } from "@trainscope/core/records";
import { type RunState, stateOfProcess } from "@trainscope/runs";
import type { LastKnownState } from "@trainscope/runs/sessions";
import type { LoggedRun } from "./logged-run.ts";
import type { RunClock } from "./run-clock.ts";
import type { RunGroup } from "./run-group.ts";
import { type Recorded, type SettingTexts, settingTexts } from "./run-settings.ts";

/** A run as it was read: what its events came to, and what stands beside its log. */
export interface ReadRun {
  /** The folder's path, which no other run of a comparison has. */
  readonly key: string;
  readonly runId: string;
  /** What the user calls it. */
  readonly label: string | null;
  readonly tags: readonly string[];
  /** What it began with, for a log that has lost its beginning; `undefined` where that is unknown, too. */
  readonly record: (Recorded & { readonly startedAt: string }) | undefined;
  readonly logged: LoggedRun;
  /** What is wrong with its files, a clause each. */
  readonly problems: readonly string[];
  /** Whether a process trains it. */
  readonly processState: LastKnownState;
  /** Milliseconds since 1970. */
  readonly lastHeartbeat: number | undefined;
}

export interface ComparedRun extends Omit<ReadRun, "record" | "logged" | "processState"> {
  readonly state: RunState;
  /** Milliseconds since 1970; `undefined` where nothing tells. */
  readonly startedAt: number | undefined;
  readonly settings: SettingTexts;
  /** Those that it says of, and any others that it has values of, as their names say. */
  readonly metrics: ReadonlyMap<string, MetricInfo>;
  readonly history: History;
  /** What metrics came to last that is no single number, by tag. */
  readonly results: ReadonlyMap<string, MetricResultEvent>;
  /** None where the log doesn't say. */
  readonly classNames: readonly string[];
  /** What the x of its history are. */
  readonly axis: Axis;
  readonly clock: RunClock;
  /** The best value of each metric that has a direction, by tag. */
  readonly best: ReadonlyMap<string, BestValue>;
  /** `test/name` to its value; empty before the run's end. */
  readonly test: MetricValues;
  /** The epoch whose parameters they are of. */
  readonly testEpoch: number | null;
  /** Epochs, or steps, whose number isn't known before. */
  readonly epochs: { readonly done: number; readonly planned: number | null };
  readonly parent: RunStartEvent["parent"];
  /** What a mean was made of; a single run has none. */
  readonly group?: RunGroup;
}

export function comparedRun({ record, logged, processState, ...read }: ReadRun): ComparedRun {
  const { start, end, history, results, clock } = logged;
  const axis = axisOf(start);
  const metrics = metricsOf(start?.metrics ?? [], history);
  const tests = Object.entries(end?.metrics ?? {}).filter(([tag]) => tag.startsWith("test/"));
  return {
    ...read,
    state: end?.reason ?? stateOfProcess(processState),
    startedAt: start?.time ?? timeOf(record?.startedAt),
    settings: settingTexts(logged, record),
    metrics,
    history,
    results,
    classNames: start?.data?.classes ?? [],
    axis,
    clock,
    best: bestsOf(history, metrics),
    test: Object.fromEntries(tests),
    testEpoch: end?.keptEpoch ?? null,
    epochs: {
      done: Math.floor(newestX(history) ?? 0),
      planned: axis === "step" ? null : logged.planned || (record?.settings.epochs ?? null),
    },
    parent: start?.parent,
  };
}

function timeOf(iso: string | undefined): number | undefined {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}

function metricsOf(declared: readonly MetricInfo[], { series }: History): ReadonlyMap<string, MetricInfo> {
  const metrics = new Map(declared.map((info) => [info.tag, info]));
  for (const [tag, { values }] of series) {
    if (metrics.has(tag)) continue;
    const value = values.find((one) => one !== null) ?? null;
    const [info = metricWithoutSplit(tag)] = withMetricsOf([], { [tag]: value });
    metrics.set(tag, info);
  }
  return metrics;
}

/** Of a tag that isn't `split/name`, which a program may write into its log: it is compared all the same. */
function metricWithoutSplit(tag: string): MetricInfo {
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
