// A trial: one training, by plan, and what is kept of it.
import type { ModelParameters } from "@trainscope/core";
import type { Environment, MetricValues, RunEndReason } from "@trainscope/core/events";
import type { TrainSettings } from "@trainscope/core/settings";

/** Plain data. */
export interface Trial {
  /** Unique within a sweep or a study; lower case letters, digits, hyphens and dots, fit for a file's name. */
  readonly id: string;
  /** As shown, e.g. `λ = 0.1, η = 0.001` or `Mirroring`. */
  readonly title: string;
  /** Which of the data sets that its caller has it trains on, e.g. `assignment`. */
  readonly data: string;
  readonly settings: TrainSettings;
  /** Whether the templates of many epochs are kept, for a montage with a slider. */
  readonly keepsFrames: boolean;
}

/** What is kept of a trial in words and numbers. Plain data. */
export interface TrialRecord<Planned extends Trial = Trial> {
  readonly trial: Planned;
  readonly dataName: string;
  readonly trainImages: number;
  readonly validationImages: number;
  /** What really computed it. */
  readonly environment: Environment;
  readonly reason: RunEndReason;
  /** 1-based, in order. */
  readonly epochs: readonly number[];
  /** For each tag (`split/name`) a value an epoch; `null` where there is none. No tag of the test split. */
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  /** A value an epoch. */
  readonly learningRates: readonly number[];
  /** Of the parameters that the trial ended with. No tag of the test split. */
  readonly metrics: MetricValues;
  /** The epoch that the parameters are of; `null` where that is no whole epoch. */
  readonly keptEpoch: number | null;
  /** From start to end; of one that went on from a checkpoint, since then. */
  readonly milliseconds: number;
}

/** Templates after an epoch, each scaled from its least weight (0) to its greatest (255). */
export interface TemplateFrame {
  readonly epoch: number;
  /** `classes x inputs`. */
  readonly templates: Uint8Array;
}

/** What a trial came to. */
export interface TrialResult<Planned extends Trial = Trial> {
  readonly record: TrialRecord<Planned>;
  readonly parameters: ModelParameters;
  /** In the order of their epochs; empty unless the trial keeps them. */
  readonly frames: readonly TemplateFrame[];
}
