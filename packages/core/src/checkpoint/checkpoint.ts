// A run as it stood between two batches: all that it takes to go on from there as if nothing had happened, but the data,
// the plugins, and the events that were logged before.

import type { Batching } from "../data/batching.ts";
import type { CheckpointReason, Environment, MetricValues } from "../events.ts";
import type { MetricStates } from "../metrics/evaluator.ts";
import type { Classifier } from "../model/classifier.ts";
import type { ModelParameters, Values } from "../model/linear.ts";
import type { TrainSettings } from "../settings/settings.ts";

/**
 * A run as it stood between two batches: plain data, which `encodeCheckpoint` writes and `train` goes on from.
 */
export interface Checkpoint {
  readonly runId: string;
  readonly reason: CheckpointReason;
  /** 1-based. */
  readonly epoch: number;
  /** Batches done in that epoch. */
  readonly batch: number;
  /** Whether the epoch is done, its figures taken and told. */
  readonly isWholeEpoch: boolean;
  /** Whether no epoch before had a better monitored figure. */
  readonly best: boolean;
  /** How the epoch's images were divided into batches then. */
  readonly batching: Batching;
  /** Milliseconds that the epoch's batches have taken so far. */
  readonly trainMs: number;
  /** Of the epoch's batches so far; earlier versions didn't tell. */
  readonly learningRateSum?: number | null;
  /** What was told before it has a smaller `seq`. */
  readonly seq: number;
  /** So many events with a smaller `seq` are to be found in a whole log. */
  readonly logged: number;
  /** What computed it, to be compared with what goes on from there. Earlier versions didn't tell. */
  readonly environment?: Environment;
  /** In force. */
  readonly settings: TrainSettings;
  /** Of the newest epoch that was finished; empty before the first. */
  readonly metrics: MetricValues;
  /** What metrics carry from epoch to epoch. */
  readonly metricStates: MetricStates;
  readonly parameters: ModelParameters;
  /** What the parameters mean: `classifierOf` makes a model of both. Earlier versions didn't tell. */
  readonly model?: Pick<Classifier, "statistics" | "classNames" | "shape" | "takes">;
  /** What the engine trains in their place, where it does: see `ModelState`. */
  readonly scaledWeights: Values | null;
  /** Where the run is to end with those of the best epoch: that epoch so far, and its parameters. */
  readonly bestEpoch: {
    readonly epoch: number;
    readonly lambda: number;
    readonly parameters: ModelParameters;
  } | null;
}
