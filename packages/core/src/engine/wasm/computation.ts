// What the kernels are told to compute: each job's words and arrays are written into the memory, and its results read there.
import type { Split } from "../../data/dataset.ts";
import { TrainscopeError } from "../../errors.ts";
import { copyParameters, type ModelParameters, type Values } from "../../model/linear.ts";
import type { EngineSetup, Evaluation, ModelState, TrainedSlice, TrainingSlice } from "../engine.ts";
import * as JobWord from "./job-words.ts";
import type { EvaluationLayout, Layout } from "./layout.ts";
import { copyScaledWeights, putScaledWeights } from "./scaled-weights.ts";
import { Job, type WorkerPool } from "./worker-pool.ts";
import { parametersIn, ROWS_PER_JOB, type Workspace } from "./workspace.ts";

type Writable<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] };

/** Where a job's evaluation is put. */
interface EvaluationViews {
  readonly addresses: EvaluationLayout;
  readonly losses: Float32Array;
  /** `ROWS_PER_JOB x classes`. */
  readonly probabilities: Float32Array;
}

/** What a training job reads and writes, a view each. */
interface TrainingViews {
  readonly words: Uint32Array;
  readonly lambda: Float64Array;
  readonly lossSum: Float64Array;
  readonly order: Uint32Array;
  readonly flips: Uint8Array;
  readonly noiseKeys: Uint32Array;
  readonly learningRates: Float64Array;
  readonly losses: Float32Array;
}

function trainingViews(buffer: ArrayBufferLike, layout: Layout, rows: number): TrainingViews {
  return {
    words: new Uint32Array(buffer, layout.job, JobWord.COUNT),
    lambda: new Float64Array(buffer, layout.job + 4 * JobWord.LAMBDA, 1),
    lossSum: new Float64Array(buffer, layout.job + 4 * JobWord.LOSS_SUM, 1),
    order: new Uint32Array(buffer, layout.order, rows),
    flips: new Uint8Array(buffer, layout.flips, rows),
    noiseKeys: new Uint32Array(buffer, layout.noiseKeys, 2 * rows),
    learningRates: new Float64Array(buffer, layout.learningRates, rows),
    losses: new Float32Array(buffer, layout.losses, rows),
  };
}

/** An engine's memory and threads at work. All of it rejects or throws `ENGINE_FAILED` after `close`. */
export class Computation {
  /** The arrays are exchanged for copies when the engine closes. */
  readonly parameters: Writable<ModelParameters<Float32Array>>;
  private readonly setup: EngineSetup;
  private readonly workspace: Workspace;
  private readonly pool: WorkerPool;
  private readonly views: TrainingViews;
  /** Losses of the slice, a view that the next slice of its size shares. */
  private sliceLosses: Float32Array;
  /** What is evaluated stays while the next is. */
  private evaluated: EvaluationViews;
  private evaluatedNext: EvaluationViews;
  private closed: Promise<void> | undefined;

  constructor(setup: EngineSetup, workspace: Workspace, pool: WorkerPool) {
    this.setup = setup;
    this.workspace = workspace;
    this.pool = pool;
    const { memory, layout } = workspace;
    this.parameters = parametersIn(memory, layout, setup.initial);
    this.views = trainingViews(memory.buffer, layout, setup.splits.train.labels.length);
    this.sliceLosses = this.views.losses.subarray(0, 0);
    const [one, other] = layout.evaluations;
    this.evaluated = this.evaluationViews(one);
    this.evaluatedNext = this.evaluationViews(other);
  }

  async load({ weights, biases }: ModelParameters, scaledWeights?: Values | null): Promise<void> {
    this.requireOpen();
    const { parameters, pool } = this;
    parameters.biases.set(biases);
    if (scaledWeights) {
      putScaledWeights(this.workspace, parameters, scaledWeights);
      return await pool.run(Job.adopt);
    }
    parameters.weights.set(weights);
    await pool.run(Job.load);
  }

  copyState(): ModelState {
    this.requireOpen();
    return {
      parameters: copyParameters(this.parameters),
      scaledWeights: copyScaledWeights(this.workspace, this.parameters),
    };
  }

  async train(slice: TrainingSlice): Promise<TrainedSlice> {
    this.requireOpen();
    const { losses, lossSum } = this.views;
    const { batchSize, first, end } = slice;
    const start = first * batchSize;
    const rows = Math.min(end * batchSize, slice.order.length) - start;
    if (rows <= 0) return { lossSum: 0, losses: losses.subarray(0, 0) };
    this.putSlice(slice, start, rows);
    await this.pool.run(Job.train);
    if (this.sliceLosses.length !== rows) this.sliceLosses = losses.subarray(0, rows);
    return { lossSum: lossSum[0] as number, losses: this.sliceLosses };
  }

  async evaluate(split: Split, first: number, end: number): Promise<Evaluation> {
    this.requireOpen();
    const { classes, splits } = this.setup;
    const { words } = this.views;
    const size = end - first;
    [this.evaluated, this.evaluatedNext] = [this.evaluatedNext, this.evaluated];
    const { addresses, probabilities, losses } = this.evaluated;
    this.putJob(split, size, addresses.losses);
    words[JobWord.FIRST_ROW] = first;
    words[JobWord.PROBABILITIES] = addresses.probabilities;
    words[JobWord.TAKEN_ROWS] = 0;
    await this.pool.run(Job.evaluate);
    return {
      size,
      probabilities: probabilities.subarray(0, size * classes),
      losses: losses.subarray(0, size),
      labels: splits[split].labels.subarray(first, end),
    };
  }

  close(): Promise<void> {
    this.closed ??= this.release();
    return this.closed;
  }

  /** The memory may be another engine's after this. */
  private async release(): Promise<void> {
    await this.pool.close();
    const { parameters } = this;
    parameters.weights = parameters.weights.slice();
    parameters.biases = parameters.biases.slice();
    this.workspace.release();
  }

  /** The `rows` images of a slice from the place `start` of its order on, and how each is read. */
  private putSlice(slice: TrainingSlice, start: number, rows: number): void {
    const { layout } = this.workspace;
    const { words, order, flips, noiseKeys, learningRates, lambda } = this.views;
    order.set(slice.order.subarray(start, start + rows));
    if (slice.flips !== undefined) flips.set(slice.flips.subarray(start, start + rows));
    if (slice.noise !== undefined) noiseKeys.set(slice.noise.keys.subarray(2 * start, 2 * (start + rows)));
    learningRates.set(slice.learningRates.subarray(slice.first, slice.end));
    lambda[0] = slice.lambda;
    this.putJob("train", rows, layout.losses);
    words[JobWord.ORDER] = layout.order;
    words[JobWord.FLIPS] = slice.flips === undefined ? 0 : layout.flips;
    words[JobWord.BATCH_SIZE] = Math.min(slice.batchSize, rows);
    words[JobWord.LEARNING_RATES] = layout.learningRates;
    words[JobWord.NOISE_KEYS] = slice.noise === undefined ? 0 : layout.noiseKeys;
    words[JobWord.NOISE_AMOUNT] = slice.noise?.amount ?? 0;
  }

  /** What both kinds of job have in common. */
  private putJob(split: Split, rows: number, lossesAt: number): void {
    const { words } = this.views;
    const { images, labels } = this.workspace.splits[split];
    words[JobWord.IMAGES] = images;
    words[JobWord.LABELS] = labels;
    words[JobWord.ROWS] = rows;
    words[JobWord.LOSSES] = lossesAt;
  }

  private evaluationViews(addresses: EvaluationLayout): EvaluationViews {
    const { buffer } = this.workspace.memory;
    return {
      addresses,
      losses: new Float32Array(buffer, addresses.losses, ROWS_PER_JOB),
      probabilities: new Float32Array(buffer, addresses.probabilities, ROWS_PER_JOB * this.setup.classes),
    };
  }

  private requireOpen(): void {
    if (this.closed !== undefined) throw new TrainscopeError("ENGINE_FAILED", "the engine is closed");
  }
}
