// The grammar of a run: a closed union of plain-data events. Each survives JSON.stringify.
//
// Order: run:start, then for each epoch epoch:start, progress*, epoch:end, and run:end as the very last. An epoch in
// which the run is stopped, diverges or fails has no epoch:end. Another program's run may tell its figures by points in
// place of epochs, or beside them. A run that was continued has a run:resume at that place. After an epoch:end come metric:result, examination, what a
// teacher says (alert) and plugin:times, where there are any; metric:result of the test split comes before run:end; plugin:times that are still due come when training is over. control,
// checkpoint, artifact, alert and plugin:error come anywhere between run:start and run:end.

import type { ControlAction } from "./control-actions.ts";
import type { ImageShape, Split } from "./data/dataset.ts";
import type { Environment } from "./environment.ts";
import type { MetricCurves, MetricDisplay, MetricInfo, MetricMatrix, MetricValues } from "./metric-info.ts";
import type { TrainSettings } from "./settings/settings.ts";

export { SPLITS } from "./data/dataset.ts";
export type { Environment } from "./environment.ts";
export {
  type MetricCurves,
  type MetricInfo,
  type MetricMatrix,
  type MetricValues,
  MOST_METRICS,
} from "./metric-info.ts";

/** The version of the grammar of events, `v` of each. */
export const EVENT_VERSION = 1;

interface EventHeader {
  readonly v: typeof EVENT_VERSION;
  /** Rises by at least one from event to event. */
  readonly seq: number;
  readonly runId: string;
  /** Milliseconds since the epoch of 1970. */
  readonly time: number;
}

/** What the x axis of a run counts. */
export type Axis = "epoch" | "step";

/** What another program than trainscope doesn't know of its run is left out. */
export interface RunStartEvent extends EventHeader {
  readonly type: "run:start";
  /** All settings, where it is a run of trainscope. */
  readonly config: Partial<TrainSettings>;
  readonly model?: { readonly inputs: number; readonly classes: number; readonly parameters: number };
  readonly data?: {
    readonly name: string;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
    readonly classes: readonly string[];
    readonly shape: ImageShape;
  };
  readonly metrics: readonly MetricInfo[];
  /** Epochs where it is missing. */
  readonly axis?: Axis;
  /** How many epochs or steps there will be, where another program says. */
  readonly length?: number;
  readonly environment?: Environment;
  /** The run that this one was forked from, after so many batches of that epoch. */
  readonly parent?: { readonly runId: string; readonly epoch: number; readonly batch: number };
}

/** The run was continued from a checkpoint, after so many batches of that epoch; what it had told later is gone. */
export interface RunResumeEvent extends EventHeader {
  readonly type: "run:resume";
  readonly epoch: number;
  readonly batch: number;
  readonly environment?: Environment;
}

/** An epoch begins. */
export interface EpochStartEvent extends EventHeader {
  readonly type: "epoch:start";
  /** 1-based. */
  readonly epoch: number;
  /** As many as there will be; 0 where that isn't known, as with another program's run. */
  readonly epochs: number;
}

/** At most ten a second; not persisted. */
export interface ProgressEvent extends EventHeader {
  readonly type: "progress";
  readonly epoch: number;
  /** Batches done in this epoch. */
  readonly batch: number;
  readonly batches: number;
  /** Training images a second, over the last slice; 0 where it isn't known. */
  readonly samplesPerSecond: number;
  /** Mean loss of the batches since the last report, each taken before its update. */
  readonly loss: number | null;
}

/** While it is being delivered the parameters stand still, so a subscriber may read them then and there. */
export interface EpochEndEvent extends EventHeader {
  readonly type: "epoch:end";
  readonly epoch: number;
  readonly epochs: number;
  /** In force at the epoch's last batch; 0 where it isn't known. */
  readonly learningRate: number;
  readonly metrics: MetricValues;
  readonly timing: { readonly trainMs: number; readonly evaluateMs: number };
}

/**
 * Values that were told at a place on the run's axis, of any split; a split, or a metric, may have a pace of its own. From
 * point to point a tag's x rises; told once more at its newest x, a value takes the place of the one before.
 */
export interface PointEvent extends EventHeader {
  readonly type: "point";
  /** In epochs or steps, as `run:start` says; whole or not. */
  readonly x: number;
  readonly metrics: MetricValues;
  readonly learningRate?: number;
}

/** What a metric came to that is no series of numbers. */
export interface MetricResultEvent extends EventHeader {
  readonly type: "metric:result";
  /** After which the parameters came to it. */
  readonly epoch: number;
  readonly tag: string;
  readonly name: string;
  readonly split: Split;
  readonly description?: string;
  readonly display: MetricDisplay;
  readonly value: MetricMatrix | MetricCurves;
}

/**
 * A control was applied, after `batch` batches of `epoch`. `from` and `to` are numbers for a setting (the learning rate
 * is the one that the schedule starts from), how the run goes on for pause, resume, step and stop, and else `null`.
 */
export interface ControlEvent extends EventHeader {
  readonly type: "control";
  readonly action: ControlAction;
  readonly from: number | string | null;
  readonly to: number | string | null;
  readonly epoch: number;
  readonly batch: number;
}

/** How often a plugin's hook was called, how long it took in all, and how often it failed. */
export interface HookTime {
  readonly plugin: string;
  readonly hook: string;
  readonly calls: number;
  readonly milliseconds: number;
  readonly failures: number;
}

/** Every few epochs, after the best so far, at a stop or the end of training, or because it was asked for. */
export type CheckpointReason = "every" | "best" | "stop" | "end" | "asked";

/** A checkpoint is on the disk: of the run as it stood after `batch` batches of `epoch`. */
export interface CheckpointEvent extends EventHeader {
  readonly type: "checkpoint";
  readonly epoch: number;
  readonly batch: number;
  readonly reason: CheckpointReason;
  /** Whether no epoch before had a better monitored figure. */
  readonly best: boolean;
  readonly path: string;
}

/** A file that an exporter has written. */
export interface ArtifactEvent extends EventHeader {
  readonly type: "artifact";
  readonly plugin: string;
  readonly kind: string;
  readonly title: string;
  readonly path: string;
}

/** `plugin` says of one that it begins anew, `slow` that the run waits for it. `output` is what a program that is watched printed. The last three are what a teacher would say of the curves so far; see training/adviser.ts. */
export type AlertCode =
  | "early-stop"
  | "diverged"
  | "failed"
  | "engine"
  | "control"
  | "checkpoint"
  | "plugin"
  | "slow"
  | "output"
  | "learning-rate-high"
  | "overfitting"
  | "not-learning";

/**
 * What a user should know of: a warning of the engine, what a teacher would say of the curves, why the run ended.
 */
export interface AlertEvent extends EventHeader {
  readonly type: "alert";
  readonly level: "info" | "warning" | "error";
  readonly code: AlertCode;
  readonly message: string;
}

/** A metric or an exporter has failed; after three failures it is disabled. */
export interface PluginErrorEvent extends EventHeader {
  readonly type: "plugin:error";
  readonly plugin: string;
  readonly hook: string;
  readonly message: string;
  /** `path:line` in the plugin's code; not told where the error's stack doesn't. */
  readonly place?: string;
  /** The error's, as its runtime writes it, and those of its causes: its first 4,000 characters. A log has paths from the working folder on. */
  readonly stack?: string;
  /** Failures of this plugin so far. */
  readonly failures: number;
  /** From now on it is no longer called. */
  readonly disabled: boolean;
}

/** What the present parameters answer to the images of a split. Told only where it is asked for, at most four a second but for steps; not persisted. */
export interface EvaluationDetailsEvent extends EventHeader {
  readonly type: "examination";
  readonly epoch: number;
  readonly split: Split;
  /** `K x K` counts: entry `[i][j]` is how many images of class i were answered j. */
  readonly confusion: readonly (readonly number[])[];
  /** How many images have a probability of the true class in each of equal bins from 0 to 1. */
  readonly trueClass: { readonly right: readonly number[]; readonly wrong: readonly number[] };
  /** The most confident of the wrong answers, in falling order. */
  readonly mistakes: readonly MisclassifiedImage[];
}

/** An image that was answered wrong, with what it was taken for. */
export interface MisclassifiedImage {
  /** Of the image in its split, from 0. */
  readonly index: number;
  readonly label: number;
  /** One for each class. */
  readonly probabilities: readonly number[];
}

/** What each plugin's hooks have taken so far: after an epoch, at most one a second, and after training. Not persisted. */
export interface PluginTimesEvent extends EventHeader {
  readonly type: "plugin:times";
  readonly epoch: number;
  readonly hooks: readonly HookTime[];
}

/** Why a run ended. */
export type RunEndReason = "completed" | "stopped" | "early-stop" | "diverged" | "failed";

/** The last event of a run. */
export interface RunEndEvent extends EventHeader {
  readonly type: "run:end";
  readonly reason: RunEndReason;
  /** Of the parameters that the run ended with: every tag, the test split's among them. */
  readonly metrics: MetricValues;
  /** Epochs that were finished. */
  readonly epochs: number;
  /** The epoch whose parameters the run ended with; `null` where they are of no whole epoch (stopped within one). */
  readonly keptEpoch: number | null;
  readonly plugins: readonly HookTime[];
}

/** All that a run tells: a closed union on `type`. Each survives `JSON.stringify`. */
export type TrainingEvent =
  | RunStartEvent
  | RunResumeEvent
  | EpochStartEvent
  | ProgressEvent
  | EpochEndEvent
  | PointEvent
  | MetricResultEvent
  | ControlEvent
  | CheckpointEvent
  | ArtifactEvent
  | AlertEvent
  | PluginErrorEvent
  | EvaluationDetailsEvent
  | PluginTimesEvent
  | RunEndEvent;

/** An event's own fields, before the trainer puts the header on. */
export type EventBody = TrainingEvent extends infer Event
  ? Event extends TrainingEvent
    ? Omit<Event, keyof EventHeader>
    : never
  : never;

/** Whether a log keeps the event. All are kept but those that only a live screen shows. */
export function isPersisted({ type }: TrainingEvent): boolean {
  return type !== "progress" && type !== "examination" && type !== "plugin:times";
}
