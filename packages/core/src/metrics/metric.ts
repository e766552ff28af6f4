// The contract of a metric. The built-in loss, cost and accuracy are metrics of this kind.
import type { ImageShape, InputValues, Split } from "../data/dataset.ts";
import type { Direction, MetricDisplay } from "../metric-info.ts";
import type { ModelParameters } from "../model/linear.ts";
import type { TrainSettings } from "../settings/settings.ts";

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
  /** The rows' images, `n x d` bytes, or features, as the data has them. A call, since few look at what may be most of the memory. */
  images(): InputValues;
  /** The model's. What they were an epoch ago a metric has from its own state: see `init`. */
  readonly parameters: ModelParameters;
  /** The factor of the L2 term in force. */
  readonly lambda: number;
  /** The epoch that the parameters are of, or were last trained in. */
  readonly epoch: number;
  /** In force at that epoch's end. */
  readonly settings: TrainSettings;
  /** Of that epoch's last batch. */
  readonly learningRate: number;
  /** Of all batches of that epoch; `null` where a checkpoint that it went on from doesn't tell. */
  readonly learningRateSum: number | null;
  /** Training images a second, by that epoch's time; `null` where that isn't known. It depends on the machine. */
  readonly imagesPerSecond: number | null;
}

/** What a pass goes over. */
export interface MetricContext {
  readonly split: Split;
  /** `K`. */
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  /** Images of the split. */
  readonly rows: number;
}

/** What a metric may come to, by the `kind` it says. `null` in place of any: there is none, e.g. no rows. */
export interface MetricResults {
  readonly number: number;
  /** A number, or `null`, for each of the metric's `fields`: a series each, `name/field`. */
  readonly record: Readonly<Record<string, number | null>>;
  /** `K`, in the order of the classes: a series each, `name/class`. */
  readonly "per-class": ArrayLike<number | null>;
  /** Rows of equal length; of `K x K` they are classes. */
  readonly matrix: readonly ArrayLike<number>[];
  readonly curves: readonly MetricCurve[];
}

/** What a metric's `result` may give; see `MetricResults`. */
export type MetricKind = keyof MetricResults;

/** One curve of a metric of the kind `curves`; a number that is not finite is a gap. */
export interface MetricCurve {
  readonly name: string;
  /** As many as `y`. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** One number of a record. */
export interface MetricField {
  readonly direction: Direction;
  readonly unit?: string;
  readonly display?: MetricDisplay;
}

/**
 * Accumulates over the batches of a split, once an epoch: `result(update(update(init(), batch1), batch2))`. A metric that
 * looks back takes what its last pass over that split ended with: `init(previous)`. For that to outlive the process the
 * metric needs `serialize` and `deserialize`.
 */
export interface Metric<State = unknown, Kind extends MetricKind = "number"> {
  /** Lower case words joined by hyphens; the tag is `split/name`. */
  readonly name: string;
  /** One sentence: what it tells. */
  readonly description?: string;
  readonly splits: readonly Split[];
  /** Of the number, or of each class's: needed for these. A record's fields have their own. */
  readonly direction?: Direction;
  /** `number` where left out. */
  readonly kind?: Kind;
  /** Of a record: all that it has. */
  readonly fields?: Readonly<Record<string, MetricField>>;
  /** "fraction" is shown in per cent, and "%" is per cent already; any other unit is shown as it is. */
  readonly unit?: string;
  readonly display?: MetricDisplay;
  /**
   * A failure ends the run. Otherwise failures are told, and after three it is disabled, which ends the run only where
   * this metric is the monitored one.
   */
  readonly critical?: boolean;
  /**
   * Metrics of one key gather once for all of them: they have the same `init` and `update`, and none changes the state in
   * `result`.
   */
  readonly shared?: symbol;
  /** `previous`: the state that the pass before ended with; none at first, and where that pass failed. */
  init(previous: State | undefined, context: MetricContext): State;
  /** Gives the next state; it may be the same object, changed. */
  update(state: State, batch: MetricBatch): State;
  /** The state of the rows of both, which stay as they are. In whatever pieces rows come, the result is the same. */
  merge?(a: State, b: State): State;
  /** `null` where there is no value, e.g. no rows. */
  result(state: State): MetricResults[Kind] | null;
  /**
   * The state that a pass has ended with as what JSON can hold, for a checkpoint. Where that fails the checkpoint goes
   * without: continued from there, the metric begins anew, which an alert says.
   */
  serialize?(state: State): unknown;
  /** The state from what `serialize` gave, after it was JSON. */
  deserialize?(value: unknown): State;
  /** `name` is the field's, or the class's, where there are several. */
  format?(value: number, name?: string): string;
}

/** A metric of any state and kind: the state goes from a metric's own hook to its own hook and nowhere else. */
// biome-ignore lint/suspicious/noExplicitAny: states of different metrics are held in one list, and a hook takes its state as a parameter.
export type AnyMetric = Metric<any, MetricKind>;

/** The tag of a metric on a split, e.g. `validation/accuracy`. */
export function metricTag(split: Split, name: string): string {
  return `${split}/${name}`;
}
