// The contract of a metric. The built-in loss, cost and accuracy are metrics of this kind.
import type { Split } from "../data/dataset.ts";
import type { Parameters } from "../model/linear.ts";

/** What better means. Early stopping, the best value shown and its colour all read it from here. */
export type Direction = "min" | "max" | "none";

/**
 * Rows of one split, as the model sees them now, for reading only: a metric that writes into them has failed, and nobody
 * else sees what it wrote. The arrays are reused: copy what you keep.
 */
export interface MetricBatch {
  /** Rows in this batch, `n`. */
  readonly size: number;
  /** `K`. */
  readonly classes: number;
  /** `n x K`, row-major. Each row adds up to 1, but under the `bce` loss, where each entry stands for itself. */
  readonly probabilities: Float64Array | Float32Array;
  /** `n`, each below `K`. */
  readonly labels: Uint8Array;
  /** `n`, the loss of each row, without the L2 term. */
  readonly losses: Float64Array | Float32Array;
  /** The model's. */
  readonly parameters: Parameters;
  /** The factor of the L2 term in force. */
  readonly lambda: number;
}

/** How a dashboard or chart may show it; all of it is advice. */
export interface MetricDisplay {
  readonly chart?: boolean;
  readonly scale?: "linear" | "log";
  readonly range?: readonly [number, number];
  /** A line to compare with, e.g. 0.1 for the accuracy of guessing among ten classes. */
  readonly baseline?: number;
  /** Decimal places of a value, of a "fraction" those of the per cent: 0 to 20. For a viewer that lacks `format`, too. */
  readonly digits?: number;
}

/**
 * Accumulates over the batches of a split, once an epoch: `result(update(update(init(), batch1), batch2))`. A metric that
 * looks back takes what its last pass over that split ended with: `init(previous)`. For that to outlive the process the
 * metric needs `serialize` and `deserialize`.
 */
export interface Metric<State = unknown> {
  /** Lower case words joined by hyphens; the tag is `split/name`. */
  readonly name: string;
  readonly splits: readonly Split[];
  readonly direction: Direction;
  /** "fraction" is shown in per cent, and "%" is per cent already; any other unit is shown as it is. */
  readonly unit?: string;
  readonly display?: MetricDisplay;
  /**
   * A failure ends the run. Otherwise failures are told, and after three it is disabled, which ends the run only where
   * this metric is the monitored one.
   */
  readonly critical?: boolean;
  /** `previous`: the state that the pass before ended with; none at first, and where that pass failed. */
  init(previous?: State): State;
  /** Gives the next state; it may be the same object, changed. */
  update(state: State, batch: MetricBatch): State;
  /** `null` where there is no value, e.g. no rows. */
  result(state: State): number | null;
  /**
   * The state that a pass has ended with as what JSON can hold, for a checkpoint. Where that fails the checkpoint goes
   * without: continued from there, the metric begins anew, which an alert says.
   */
  serialize?(state: State): unknown;
  /** The state from what `serialize` gave, after it was JSON. */
  deserialize?(value: unknown): State;
  format?(value: number): string;
}

/** A metric of any state: the state goes from a metric's own hook to its own hook and nowhere else. */
// biome-ignore lint/suspicious/noExplicitAny: states of different metrics are held in one list, and a hook takes its state as a parameter.
export type AnyMetric = Metric<any>;

export function metricTag(split: Split, name: string): string {
  return `${split}/${name}`;
}
