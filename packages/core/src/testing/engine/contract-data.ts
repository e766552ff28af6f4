// What the contract suite of engines trains with: a made-up dataset, and the settings of its steps.
import { inputCount } from "../../data/dataset.ts";
import { componentStatistics } from "../../data/standardise.ts";
import type { Engine, EngineFactory, TrainingSlice } from "../../engine/engine.ts";
import type { LossName } from "../../losses/names.ts";
import { initialiseParameters } from "../../model/linear.ts";
import type { Noise } from "../../random/noise.ts";
import { createRandom, RandomStream } from "../../random/random.ts";
import type { NaiveModel } from "../naive.ts";
import { createTinyDataset } from "../tiny-dataset.ts";

// 53 images in batches of 10: the last batch holds 3. Seven classes are no multiple of any tile.
export const dataset = createTinyDataset({ classes: 7, train: 53, validation: 31, test: 12 });
export const inputs = inputCount(dataset.shape);
export const BATCH = 10;
export const BATCHES = 6;
export const LEARNING_RATE = 0.05;
export const LAMBDA = 0.02;

export function setupOf(loss: LossName) {
  return {
    shape: dataset.shape,
    classes: 7,
    splits: { train: dataset.train, validation: dataset.validation, test: dataset.test },
    statistics: componentStatistics(dataset.train, inputs),
    loss,
    initial: initialiseParameters(7, inputs, 3, 0.1),
  };
}

export function sliceOf(partial: Partial<TrainingSlice> = {}): TrainingSlice {
  return {
    order: Uint32Array.from({ length: 53 }, (_, i) => (i * 17) % 53),
    batchSize: BATCH,
    first: 0,
    end: BATCHES,
    learningRates: new Float64Array(BATCHES).fill(LEARNING_RATE),
    lambda: LAMBDA,
    ...partial,
  };
}

export function noiseOf(amount: number): Noise {
  const random = createRandom(9, RandomStream.noise);
  return { amount, keys: Uint32Array.from({ length: 2 * 53 }, random.uint32) };
}

export function asNaive({ parameters }: Pick<Engine, "parameters">): NaiveModel {
  const weights = Array.from(parameters.weights);
  return {
    weights: Array.from({ length: 7 }, (_, k) => weights.slice(k * inputs, (k + 1) * inputs)),
    biases: Array.from(parameters.biases),
  };
}

export function largestDifference(actual: NaiveModel, expected: NaiveModel): number {
  const flatten = ({ weights, biases }: NaiveModel): number[] => [...weights.flat(), ...biases];
  const wanted = flatten(expected);
  return Math.max(...flatten(actual).map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN))));
}

/** Makes an engine of the loss, and closes it when `body` is done, however that ends. */
export async function withEngine(
  createEngine: EngineFactory,
  loss: LossName,
  body: (engine: Engine) => Promise<void>,
): Promise<void> {
  const engine = await createEngine(setupOf(loss));
  try {
    await body(engine);
  } finally {
    await engine.close();
  }
}
