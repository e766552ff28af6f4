// The contract of an engine: what holds the parameters, updates them batch by batch and evaluates a split.
// The trainer decides what happens when; an engine only computes.
import type { ImageShape, LabelledRows, Split } from "../data/dataset.ts";
import type { ComponentStatistics } from "../data/standardise.ts";
import type { LossName } from "../losses/names.ts";
import type { ModelParameters, Values } from "../model/linear.ts";
import type { Noise } from "../random/noise.ts";

/**
 * What an engine is started with: the images, or features in their place, how they are standardised, and the parameters to begin with.
 */
export interface EngineSetup {
  readonly shape: ImageShape;
  readonly classes: number;
  readonly splits: Readonly<Record<Split, LabelledRows>>;
  /** Of the training split, applied to every split. */
  readonly statistics: ComponentStatistics;
  readonly loss: LossName;
  /** Copied: the caller's stay as they are. */
  readonly initial: ModelParameters<Float64Array>;
}

/** Some of an epoch's batches. Batch `i` holds the images `order[i * batchSize] ...`; the last may be smaller. */
export interface TrainingSlice {
  /** The epoch's order of training images: at most as many places as there are images. */
  readonly order: Uint32Array;
  /** For each place in the order 1 where that image is mirrored; none is where it is left out. */
  readonly flips?: Uint8Array;
  /** Added to the images' bytes, after mirroring; none where it is left out. */
  readonly noise?: Noise;
  readonly batchSize: number;
  /** First batch, from 0. */
  readonly first: number;
  /** One past the last batch. */
  readonly end: number;
  /** One for each batch of the epoch. */
  readonly learningRates: Float64Array;
  readonly lambda: number;
}

/** Consecutive rows of a split under the present parameters. The arrays are used again by the call after the next. */
export interface Evaluation {
  readonly size: number;
  /** `size x K`, row-major. */
  readonly probabilities: Values;
  /** `size`. */
  readonly losses: Values;
  /** `size`. */
  readonly labels: Uint8Array;
}

/** What a slice's images had as losses, each before its batch's update. */
export interface TrainedSlice {
  readonly lossSum: number;
  /** One an image of the slice, in its order. The array is used again by the next call. */
  readonly losses: Values;
}

/** All that training goes on from, as a copy. */
export interface ModelState {
  readonly parameters: ModelParameters;
  /**
   * `K x d`: what the engine trains where that isn't the weights themselves, each divided by its input's standard
   * deviation. The weights follow from them, rounded, so that the same bits need these.
   */
  readonly scaledWeights: Values | null;
}

/**
 * One call at a time: the next when the one before has resolved. All of it is the object's own and no method needs `this`, so
 * that `{ ...engine, evaluate }` is an engine, too.
 */
export interface Engine {
  readonly name: string;
  readonly precision: "float32" | "float64";
  readonly threads: number;
  /** The vectors that it computes with, e.g. "128 bit, relaxed": with others the last digits may be others. Left out where there are none. */
  readonly simd?: string;
  /** The vectors that it computes with where they change no bit, e.g. "avx512", instead of `simd`. */
  readonly vectors?: string;
  /** Names the compiled code, by a hash of it: another's last digits may be others. Left out where none is compiled ahead. */
  readonly build?: string;
  /** Where the host lacks what the engine wants: what serves instead, and why. An alert says it. */
  readonly notice?: string;
  /** Rows that one `evaluate` may be asked for. */
  readonly evaluationRows: number;
  /** Live: they change as training goes on. To be read only; `load` sets them. */
  readonly parameters: ModelParameters;
  /** The model as it is; `load` goes on from it with the same bits. */
  copyState(): ModelState;
  /** Goes on from other parameters of the same shape, which are copied; from scaled weights, where there are any, and biases. */
  load(parameters: ModelParameters, scaledWeights?: Values | null): Promise<void>;
  /** Updates the parameters by each batch in turn. */
  trainBatches(slice: TrainingSlice): Promise<TrainedSlice>;
  /** Rows `first` to `end - 1` of a split, at most `evaluationRows`. */
  evaluate(split: Split, first: number, end: number): Promise<Evaluation>;
  /** Safe to call again. The parameters stay as they are. */
  close(): Promise<void>;
}

/** Starts an engine for a run. Rejects where it can't serve. */
export interface EngineFactory {
  (setup: EngineSetup): Promise<Engine>;
  /** That its engines compute with features, too. Where it is left out they are given images as bytes alone. */
  readonly takesFeatures?: true;
}
