// What the tests train on, and what they look at: every bit that an engine leaves.
import {
  componentStatistics,
  createRandom,
  type Dataset,
  type Engine,
  initialiseParameters,
  inputCount,
  RandomStream,
} from "@trainscope/core";
import type { EngineSetup, TrainingSlice } from "@trainscope/core/engine";
import type { LossName } from "@trainscope/core/settings";

export function setupOf(dataset: Dataset, loss: LossName = "softmax"): EngineSetup {
  const inputs = inputCount(dataset.shape);
  const classes = dataset.classNames.length;
  return {
    shape: dataset.shape,
    classes,
    splits: { train: dataset.train, validation: dataset.validation, test: dataset.test },
    statistics: componentStatistics(dataset.train, inputs),
    loss,
    initial: initialiseParameters(classes, inputs, 5, 0.1),
  };
}

/** An epoch with mirroring, and with noise where there is an amount of it. */
export function epochOf(images: number, batchSize: number, learningRate = 0.05, noise = 5): TrainingSlice {
  const batches = Math.ceil(images / batchSize);
  const keys = Uint32Array.from({ length: 2 * images }, createRandom(5, RandomStream.noise).uint32);
  return {
    order: Uint32Array.from({ length: images }, (_, i) => (i * 7919) % images),
    flips: Uint8Array.from({ length: images }, (_, i) => Number(i % 3 === 0)),
    ...(noise > 0 && { noise: { amount: noise, keys } }),
    batchSize,
    first: 0,
    end: batches,
    learningRates: Float64Array.from({ length: batches }, (_, batch) => learningRate / (1 + batch)),
    lambda: 0.02,
  };
}

export interface Figures {
  readonly lossSum: number;
  readonly trainingLosses: readonly number[];
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  readonly probabilities: readonly number[];
  readonly losses: readonly number[];
}

/** A slice, and what the engine makes of the first rows of validation after it. Closes the engine. */
export async function trainAndEvaluate(engine: Engine, slice: TrainingSlice, rows: number): Promise<Figures> {
  const trained = await engine.trainBatches(slice);
  const trainingLosses = [...trained.losses];
  const { probabilities, losses } = await engine.evaluate("validation", 0, rows);
  const { weights, biases } = engine.parameters;
  const figures = {
    lossSum: trained.lossSum,
    trainingLosses,
    weights: [...weights],
    biases: [...biases],
    probabilities: [...probabilities],
    losses: [...losses],
  };
  await engine.close();
  return figures;
}

/** Images and labels without any sense, which every shape has. */
export function senseless(shape: Dataset["shape"], classes: number, images: number): Dataset {
  const inputs = inputCount(shape);
  const split = {
    images: Uint8Array.from({ length: images * inputs }, (_, i) => (i * 7919 + ((i * i) % 127)) % 256),
    labels: Uint8Array.from({ length: images }, (_, i) => (i * 31) % classes),
  };
  const classNames = Array.from({ length: classes }, (_, k) => `class ${k}`);
  return { name: "senseless", classNames, shape, train: split, validation: split, test: split };
}
