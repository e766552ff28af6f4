// What the reference engine computes: plain TypeScript, written to be read. The oracle for the others.
import { inputCount, type LabelledRows, type Split } from "../data/dataset.ts";
import { mirrorOrder } from "../data/mirror.ts";
import { standardiseInto } from "../data/standardise.ts";
import type { Loss } from "../losses/loss.ts";
import { LOSSES } from "../losses/losses.ts";
import { createParameters, type ModelParameters } from "../model/linear.ts";
import {
  addGradient,
  createWorkspace,
  finishGradient,
  forward,
  type LinearModel,
  modelOf,
  type Workspace,
} from "../model/passes.ts";
import { drawNoise, type Noise } from "../random/noise.ts";
import { createMatrix, type Matrix } from "../tensor/matrix.ts";
import { yieldToEventLoop } from "../yield.ts";
import type { EngineSetup, Evaluation, TrainedSlice, TrainingSlice } from "./engine.ts";

/** Images widened to float64 at once: 2.5 MB of CIFAR, and some 10 ms of work. Larger batches come in parts. */
export const ROWS_AT_ONCE = 100;

/** The model, its gradient, and room for the rows that are computed at once. */
export class ReferenceLearner {
  readonly parameters: ModelParameters<Float64Array>;
  private readonly splits: EngineSetup["splits"];
  private readonly loss: Loss;
  private readonly model: LinearModel;
  private readonly means: Float64Array;
  private readonly inverseDeviations: Float64Array;
  private readonly mirrored: Uint32Array;
  private readonly weightGradient: Matrix;
  private readonly biasGradient: Float64Array;
  private readonly losses: Float64Array;
  /** Those of the slice, a view that the next slice of its size shares. */
  private sliceLosses: Float64Array;
  private readonly workspace: Workspace;
  /** Noise of one image. */
  private readonly moves: Int8Array;
  /** What is evaluated stays while the next is. */
  private evaluated: Workspace;
  private evaluatedNext: Workspace;

  constructor({ shape, classes, splits, statistics, loss, initial }: EngineSetup) {
    const inputs = inputCount(shape);
    this.splits = splits;
    this.loss = LOSSES[loss];
    this.parameters = createParameters(classes, inputs);
    this.load(initial);
    this.model = modelOf(this.parameters);
    this.means = statistics.means;
    this.inverseDeviations = statistics.deviations.map((deviation) => 1 / deviation);
    this.mirrored = mirrorOrder(shape);
    this.weightGradient = createMatrix(classes, inputs);
    this.biasGradient = new Float64Array(classes);
    this.losses = new Float64Array(splits.train.labels.length);
    this.sliceLosses = this.losses.subarray(0, 0);
    this.workspace = createWorkspace(ROWS_AT_ONCE, inputs, classes);
    this.moves = new Int8Array(inputs);
    this.evaluated = createWorkspace(ROWS_AT_ONCE, inputs, classes);
    this.evaluatedNext = createWorkspace(ROWS_AT_ONCE, inputs, classes);
  }

  load({ weights, biases }: ModelParameters): void {
    this.parameters.weights.set(weights);
    this.parameters.biases.set(biases);
  }

  async train(slice: TrainingSlice): Promise<TrainedSlice> {
    if (slice.batchSize <= ROWS_AT_ONCE) this.trainSmall(slice);
    else await this.trainLarge(slice);
    const { order, batchSize, first, end } = slice;
    const rows = Math.min(end * batchSize, order.length) - first * batchSize;
    if (this.sliceLosses.length !== rows) this.sliceLosses = this.losses.subarray(0, rows);
    const { sliceLosses } = this;
    let lossSum = 0;
    for (let row = 0; row < rows; row++) lossSum += sliceLosses[row] as number;
    return { lossSum, losses: sliceLosses };
  }

  evaluate(split: Split, first: number, end: number): Evaluation {
    const rows = end - first;
    [this.evaluated, this.evaluatedNext] = [this.evaluatedNext, this.evaluated];
    const { evaluated } = this;
    for (let row = 0; row < rows; row++) this.read(evaluated, row, this.splits[split], first + row, false);
    forward(this.model, this.loss, evaluated, rows);
    const { probabilities, losses, labels } = evaluated;
    return {
      size: rows,
      probabilities: probabilities.data.subarray(0, rows * probabilities.columns),
      losses: losses.subarray(0, rows),
      labels: labels.subarray(0, rows),
    };
  }

  /** Batches of one part: a plain loop, which allocates nothing. */
  private trainSmall(slice: TrainingSlice): void {
    for (let batch = slice.first; batch < slice.end; batch++) {
      const start = batch * slice.batchSize;
      const end = Math.min(start + slice.batchSize, slice.order.length);
      this.beginBatch();
      this.addPart(slice, start, end);
      this.endBatch(slice, batch, end - start);
    }
  }

  /** Batches of several parts, between which the event loop turns. */
  private async trainLarge(slice: TrainingSlice): Promise<void> {
    for (let batch = slice.first; batch < slice.end; batch++) {
      const start = batch * slice.batchSize;
      const end = Math.min(start + slice.batchSize, slice.order.length);
      this.beginBatch();
      for (let part = start; part < end; part += ROWS_AT_ONCE) {
        this.addPart(slice, part, Math.min(part + ROWS_AT_ONCE, end));
        await yieldToEventLoop();
      }
      this.endBatch(slice, batch, end - start);
    }
  }

  private beginBatch(): void {
    this.weightGradient.data.fill(0);
    this.biasGradient.fill(0);
  }

  private endBatch(slice: TrainingSlice, batch: number, rows: number): void {
    finishGradient(this.model, rows, slice.lambda, this.weightGradient, this.biasGradient);
    this.descend(slice.learningRates[batch] as number);
  }

  private descend(learningRate: number): void {
    const { weights, biases } = this.parameters;
    const gradient = this.weightGradient.data;
    const { biasGradient } = this;
    for (let i = 0; i < weights.length; i++) {
      weights[i] = (weights[i] as number) - learningRate * (gradient[i] as number);
    }
    for (let k = 0; k < biases.length; k++) {
      biases[k] = (biases[k] as number) - learningRate * (biasGradient[k] as number);
    }
  }

  /** Adds the gradient of the images at places `start` to `end - 1` of the order, and notes their losses. */
  private addPart(slice: TrainingSlice, start: number, end: number): void {
    const { workspace, losses } = this;
    const rows = end - start;
    for (let row = 0; row < rows; row++) {
      const image = slice.order[start + row] as number;
      this.read(workspace, row, this.splits.train, image, slice.flips?.[start + row] === 1);
      if (slice.noise !== undefined) this.addNoise(workspace, row, slice.noise, start + row);
    }
    forward(this.model, this.loss, workspace, rows);
    addGradient(this.loss, workspace, rows, this.weightGradient, this.biasGradient);
    const first = start - slice.first * slice.batchSize;
    for (let row = 0; row < rows; row++) losses[first + row] = workspace.losses[row] as number;
  }

  private read(into: Workspace, row: number, split: LabelledRows, image: number, flip: boolean): void {
    const { means, inverseDeviations } = this;
    const inputs = means.length;
    const order = flip ? this.mirrored : undefined;
    standardiseInto(into.x.data, row * inputs, split.images, image * inputs, means, inverseDeviations, order);
    into.labels[row] = split.labels[image] as number;
  }

  /** To a row that has been read: moving a byte by one moves its component by 1 / deviation. */
  private addNoise(into: Workspace, row: number, noise: Noise, place: number): void {
    const { data } = into.x;
    const { moves, inverseDeviations } = this;
    const start = row * moves.length;
    drawNoise(moves, noise, place);
    for (let j = 0; j < moves.length; j++) {
      data[start + j] = (data[start + j] as number) + (moves[j] as number) * (inverseDeviations[j] as number);
    }
  }
}
