// What the dashboard knows of a run. Training events add up to it; panels draw it and know nothing else.
import type { Control, History, ModelParameters } from "@trainscope/core";
import type {
  Axis,
  ControlEvent,
  EvaluationDetailsEvent,
  HookTime,
  MetricValues,
  RunEndReason,
  RunStartEvent,
} from "@trainscope/core/events";
import { axisOf, createHistory } from "@trainscope/core/history";
import type { Drawing } from "@trainscope/core/source";
import type { Changeable } from "./changeable.ts";
import type { Results } from "./kept-results.ts";
import type { LogLine } from "./log.ts";
import { createPace, type Pace } from "./pace.ts";
import type { Place } from "./places.ts";

/** `waiting` until the run has started, `finishing` while it is evaluated a last time and pictures are written. */
export type Phase = "waiting" | "training" | "paused" | "stepping" | "finishing" | "ended";

/** What leads from one phase to another. */
export type ModeRequest = Extract<Control["action"], "pause" | "resume" | "step" | "stop">;

export interface DashboardState {
  readonly run: RunStartEvent | undefined;
  readonly phase: Phase;
  /** Asked for with a key, and not yet answered by the trainer. */
  readonly requested: ModeRequest | undefined;
  /** Changes of settings, likewise: the values asked for. */
  readonly asked: Readonly<Partial<Record<Changeable, number>>>;
  readonly epoch: number;
  /** The newest place on the axis that a point has told. */
  readonly x: number | undefined;
  /** As many as there will be; 0 where that isn't known. */
  readonly epochs: number;
  /** Batches done in this epoch, of how many; 0 of 0 before the first report. */
  readonly batch: number;
  readonly batches: number;
  readonly samplesPerSecond: number | undefined;
  /** What is counted there: images where trainscope itself trains, else what the program tells. */
  readonly speedUnit: string;
  readonly batchLoss: number | null;
  /** In force, as the schedule has it. */
  readonly learningRate: number | undefined;
  /** What the schedule starts from: the setting itself. */
  readonly baseRate: number | undefined;
  readonly lambda: number | undefined;
  /** Grows in place, so that an epoch costs the same after 10 as after 10,000; `recorded` tells it has grown. */
  readonly history: History;
  readonly recorded: number;
  /** Of those, what was told before the run was continued last. */
  readonly recordedBefore: number;
  /** By tag; set in place by points, of which each may tell one of many. */
  readonly newest: MetricValues;
  readonly pace: Pace;
  /** The newest points, for their pace. */
  readonly places: readonly Place[];
  readonly log: readonly LogLine[];
  /** Warnings and errors so far. */
  readonly problems: number;
  /** Times of the first and the newest event. */
  readonly startedAt: number | undefined;
  readonly time: number | undefined;
  /** Milliseconds between the two in which no process trained the run. */
  readonly idleMs: number;
  readonly reason: RunEndReason | undefined;
  readonly batchSize: number | undefined;
  /** Changes and pauses so far, for marks on the axis; the oldest are dropped beyond a thousand. */
  readonly controls: readonly ControlEvent[];
  /** The newest, of the validation split. */
  readonly examination: EvaluationDetailsEvent | undefined;
  readonly results: Results;
  /** The model after the newest epoch, a copy. */
  readonly parameters: { readonly epoch: number; readonly values: ModelParameters } | undefined;
  /** What another program drew, the newest of each tag. */
  readonly drawings: ReadonlyMap<string, Drawing>;
  /** By plugin, in the order they were first heard of. */
  readonly plugins: ReadonlyMap<string, PluginStatus>;
}

export interface PluginStatus {
  readonly hooks: readonly HookTime[];
  readonly failures: number;
  readonly disabled: boolean;
  readonly lastError: string | undefined;
  /** Files it has written. */
  readonly artifacts: number;
}

export function initialState(): DashboardState {
  return {
    run: undefined,
    phase: "waiting",
    requested: undefined,
    asked: {},
    epoch: 0,
    x: undefined,
    epochs: 0,
    batch: 0,
    batches: 0,
    samplesPerSecond: undefined,
    speedUnit: "images/s",
    batchLoss: null,
    learningRate: undefined,
    baseRate: undefined,
    lambda: undefined,
    history: createHistory(),
    recorded: 0,
    recordedBefore: 0,
    newest: {},
    pace: createPace(),
    places: [],
    log: [],
    problems: 0,
    startedAt: undefined,
    time: undefined,
    idleMs: 0,
    reason: undefined,
    batchSize: undefined,
    controls: [],
    examination: undefined,
    results: new Map(),
    parameters: undefined,
    drawings: new Map(),
    plugins: new Map(),
  };
}

const WANTED = {
  pause: "paused",
  resume: "training",
  step: "stepping",
  stop: "stopping",
} as const;

/** Where the run will stand once the trainer has answered; `stopping` until it has finished its batch. */
export function wantedPhase({
  phase,
  requested,
}: Pick<DashboardState, "phase" | "requested">): Phase | "stopping" {
  return phase === "ended" || requested === undefined ? phase : WANTED[requested];
}

/** Whether the run ends, or will once the trainer has answered. */
export function isOver(state: Pick<DashboardState, "phase" | "requested">): boolean {
  const wanted = wantedPhase(state);
  return wanted === "stopping" || wanted === "finishing" || wanted === "ended";
}

/** The settings as they are now; `undefined` before the run has started. */
export function settingNow(state: DashboardState, setting: Changeable): number | undefined {
  return setting === "learningRate" ? state.baseRate : state.run && state[setting];
}

/** Share of the run that is done, 0 to 1. */
export function runFraction(state: DashboardState): number {
  const { axis, done, all } = positionOf(state);
  if (axis === "step") return all > 0 ? Math.min(1, done / all) : 0;
  if (state.epochs === 0) return 0;
  // Points tell it better than the epoch that they are within.
  if (state.x !== undefined && state.x > state.epoch - 1)
    return Math.min(1, Math.max(0, state.x / state.epochs));
  if (!state.pace.inEpoch) return Math.min(1, state.epoch / state.epochs);
  // Some programs count from 0.
  return Math.max(0, Math.min(1, (state.epoch - 1 + batchFraction(state)) / state.epochs));
}

/** Share of the present epoch's batches that are done, 0 to 1. */
export function batchFraction({ batch, batches }: DashboardState): number {
  return batches === 0 ? 0 : Math.min(1, batch / batches);
}

/** How far the run is on its axis: the epoch, of as many as there will be, or the step. */
export function positionOf(state: DashboardState): {
  readonly axis: Axis;
  readonly done: number;
  readonly all: number;
} {
  const { run, epoch, epochs, x = 0 } = state;
  return axisOf(run) === "step"
    ? { axis: "step", done: x, all: epochs }
    : { axis: "epoch", done: epoch, all: epochs };
}
