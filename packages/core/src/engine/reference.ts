// The reference engine: float64, one thread, plain TypeScript, written to be read. The oracle for the others.
import { inputCount, type LabelledImages } from "../data/dataset.ts";
import { mirrorOrder } from "../data/mirror.ts";
import { standardiseInto } from "../data/standardise.ts";
import { LOSSES } from "../losses/losses.ts";
import { copyParameters, createParameters, type Parameters } from "../model/linear.ts";
import {
  addGradient,
  createWorkspace,
  finishGradient,
  forward,
  modelOf,
  type Workspace,
} from "../model/passes.ts";
import { drawNoise, type Noise } from "../random/noise.ts";
import { createMatrix } from "../tensor/matrix.ts";
import { yieldToEventLoop } from "../training/yield.ts";
import type { Engine, EngineSetup, TrainingSlice } from "./engine.ts";

/** Images widened to float64 at once: 2.5 MB of CIFAR, and some 10 ms of work. Larger batches come in parts. */
const ROWS_AT_ONCE = 100;

/** The engine in float64 on one thread, written to be read: the oracle of the others. */
export async function createReferenceEngine(setup: EngineSetup): Promise<Engine> {
  const { classes, splits } = setup;
  const inputs = inputCount(setup.shape);
  const { means } = setup.statistics;
  const inverseDeviations = setup.statistics.deviations.map((deviation) => 1 / deviation);
  const mirrored = mirrorOrder(setup.shape);
  const loss = LOSSES[setup.loss];

  const parameters = createParameters(classes, inputs);
  function load({ weights, biases }: Parameters): void {
    parameters.weights.set(weights);
    parameters.biases.set(biases);
  }
  load(setup.initial);
  const model = modelOf(parameters);
  const weightGradient = createMatrix(classes, inputs);
  const biasGradient = new Float64Array(classes);
  const losses = new Float64Array(splits.train.labels.length);
  /** Those of the slice, a view that the next slice of its size shares. */
  let sliceLosses = losses.subarray(0, 0);
  const workspace = createWorkspace(ROWS_AT_ONCE, inputs, classes);
  /** Noise of one image. */
  const moves = new Int8Array(inputs);
  /** What is evaluated stays while the next is. */
  let evaluated = createWorkspace(ROWS_AT_ONCE, inputs, classes);
  let evaluatedNext = createWorkspace(ROWS_AT_ONCE, inputs, classes);

  function read(into: Workspace, row: number, split: LabelledImages, image: number, flip: boolean): void {
    const order = flip ? mirrored : undefined;
    standardiseInto(into.x.data, row * inputs, split.images, image * inputs, means, inverseDeviations, order);
    into.labels[row] = split.labels[image] as number;
  }

  /** To a row that has been read: moving a byte by one moves its component by 1 / deviation. */
  function addNoise(into: Workspace, row: number, noise: Noise, place: number): void {
    const { data } = into.x;
    drawNoise(moves, noise, place);
    for (let j = 0; j < inputs; j++) {
      const at = row * inputs + j;
      data[at] = (data[at] as number) + (moves[j] as number) * (inverseDeviations[j] as number);
    }
  }

  /** Adds the gradient of the images at places `start` to `end - 1` of the order, and notes their losses. */
  function addPart(slice: TrainingSlice, start: number, end: number): void {
    const rows = end - start;
    for (let row = 0; row < rows; row++) {
      const image = slice.order[start + row] as number;
      read(workspace, row, splits.train, image, slice.flips?.[start + row] === 1);
      if (slice.noise !== undefined) addNoise(workspace, row, slice.noise, start + row);
    }
    forward(model, loss, workspace, rows);
    addGradient(loss, workspace, rows, weightGradient, biasGradient);
    const first = start - slice.first * slice.batchSize;
    for (let row = 0; row < rows; row++) losses[first + row] = workspace.losses[row] as number;
  }

  function descend(slice: TrainingSlice, batch: number): void {
    const { weights, biases } = parameters;
    const learningRate = slice.learningRates[batch] as number;
    for (let i = 0; i < weights.length; i++) {
      weights[i] = (weights[i] as number) - learningRate * (weightGradient.data[i] as number);
    }
    for (let k = 0; k < classes; k++) {
      biases[k] = (biases[k] as number) - learningRate * (biasGradient[k] as number);
    }
  }

  function beginBatch(): void {
    weightGradient.data.fill(0);
    biasGradient.fill(0);
  }

  function endBatch(slice: TrainingSlice, batch: number, rows: number): void {
    finishGradient(model, rows, slice.lambda, weightGradient, biasGradient);
    descend(slice, batch);
  }

  /** Batches of one part: a plain loop, which allocates nothing. */
  function trainSmall(slice: TrainingSlice): void {
    for (let batch = slice.first; batch < slice.end; batch++) {
      const start = batch * slice.batchSize;
      const end = Math.min(start + slice.batchSize, slice.order.length);
      beginBatch();
      addPart(slice, start, end);
      endBatch(slice, batch, end - start);
    }
  }

  /** Batches of several parts, between which the event loop turns. */
  async function trainLarge(slice: TrainingSlice): Promise<void> {
    for (let batch = slice.first; batch < slice.end; batch++) {
      const start = batch * slice.batchSize;
      const end = Math.min(start + slice.batchSize, slice.order.length);
      beginBatch();
      for (let part = start; part < end; part += ROWS_AT_ONCE) {
        addPart(slice, part, Math.min(part + ROWS_AT_ONCE, end));
        await yieldToEventLoop();
      }
      endBatch(slice, batch, end - start);
    }
  }

  return {
    name: "reference",
    precision: "float64",
    threads: 1,
    evaluationRows: ROWS_AT_ONCE,
    parameters,

    copyState: () => ({ parameters: copyParameters(parameters), scaledWeights: null }),

    async load(others) {
      load(others);
    },

    async trainBatches(slice) {
      if (slice.batchSize <= ROWS_AT_ONCE) trainSmall(slice);
      else await trainLarge(slice);
      const { order, batchSize, first, end } = slice;
      const rows = Math.min(end * batchSize, order.length) - first * batchSize;
      if (sliceLosses.length !== rows) sliceLosses = losses.subarray(0, rows);
      let lossSum = 0;
      for (let row = 0; row < rows; row++) lossSum += sliceLosses[row] as number;
      return { lossSum, losses: sliceLosses };
    },

    async evaluate(split, first, end) {
      const rows = end - first;
      [evaluated, evaluatedNext] = [evaluatedNext, evaluated];
      for (let row = 0; row < rows; row++) read(evaluated, row, splits[split], first + row, false);
      forward(model, loss, evaluated, rows);
      const { probabilities, losses, labels } = evaluated;
      return {
        size: rows,
        probabilities: probabilities.data.subarray(0, rows * classes),
        losses: losses.subarray(0, rows),
        labels: labels.subarray(0, rows),
      };
    },

    async close() {},
  };
}
