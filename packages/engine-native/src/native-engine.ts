// The native engine: float32 in the machine's widest vectors, on threads of its own. The kernels are C, in native/;
// here they get their arrays and their jobs.

import { availableParallelism } from "node:os";
import {
  type EngineFactory,
  inputCount,
  type ModelParameters,
  type Split,
  type Values,
} from "@trainscope/core";
import { type ByteSetup, refuseUnknown, requireBytes, type TrainingSlice } from "@trainscope/core/engine";
import { TrainscopeError } from "@trainscope/core/errors";
import type { Binding, Handle, Job } from "./binding.ts";
import { findBinding, nativeSupport } from "./support.ts";

/** As native/shape.h has it. */
const MOST_THREADS = 16;
/** Rows that one job evaluates: some 2 ms of work on one thread. Metrics look at them while the next job is done. */
const ROWS_A_JOB = 4096;

/** What `createNativeEngine` takes. */
export interface NativeEngineOptions {
  /** 1 to 16. All cores that are free to use where left out. */
  readonly threads?: number;
  /** One of `nativeSupport().allVectors`; the widest where left out. Results are the same, bit by bit. */
  readonly vectors?: string;
}

/**
 * Makes native engines. Results are the same, bit by bit, for any number of threads, and on any processor.
 *
 * Throws `BAD_OPTION` for an option that is unknown or a number of threads that is out of range, `NOT_SUPPORTED` where the engine can't serve here
 * or not with those vectors. The engine rejects with `ENGINE_FAILED` when it is used after it was closed.
 */
export function createNativeEngine(options: NativeEngineOptions = {}): EngineFactory {
  refuseUnknown("createNativeEngine()", options, ["threads", "vectors"]);
  const { threads = Math.min(availableParallelism(), MOST_THREADS) } = options;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `threads is ${threads}; expected a whole number, 1 to ${MOST_THREADS}`,
    );
  }
  const { binding, vectors } = requireVectors(options.vectors);
  return async (setup) => {
    requireBytes(setup, "native");
    const computation = new Computation(binding, vectors, threads, setup);
    await computation.load(setup.initial);
    return {
      name: "native",
      precision: "float32",
      evaluationRows: ROWS_A_JOB,
      threads,
      vectors,
      build: binding.build,
      parameters: computation.parameters,
      load: (parameters, scaledWeights) => computation.load(parameters, scaledWeights),
      copyState: () => computation.copyState(),
      trainBatches: (slice) => computation.train(slice),
      evaluate: (split, first, end) => computation.evaluate(split, first, end),
      close: () => computation.close(),
    };
  };
}

function requireVectors(asked: string | undefined): { binding: Binding; vectors: string } {
  const binding = findBinding();
  const support = nativeSupport();
  if ("reason" in binding) throw notSupported(binding.reason);
  if (asked === undefined) {
    if (!support.available) throw notSupported(support.reason);
    return { binding, vectors: support.vectors };
  }
  if (binding.vectors.includes(asked)) return { binding, vectors: asked };
  throw notSupported(`vectors are "${asked}"; expected one of ${binding.vectors.join(", ")} on this processor`);
}

function notSupported(reason: string): TrainscopeError {
  return new TrainscopeError("NOT_SUPPORTED", `the native engine can't serve here: ${reason}`, {
    hint: "The wasm engine serves everywhere.",
  });
}

/** What a job of evaluation writes to. */
interface Evaluated {
  readonly losses: Float32Array;
  readonly probabilities: Float32Array;
}

/** The kernels' arrays, and the jobs on them. */
class Computation {
  readonly parameters: ModelParameters<Float32Array>;
  private readonly binding: Binding;
  private readonly splits: ByteSetup["splits"];
  private readonly handle: Handle;
  private readonly losses: Float32Array;
  /** Those of the slice, a view that the next slice of its size shares. */
  private sliceLosses: Float32Array;
  private evaluated: Evaluated;
  /** What is evaluated stays while the next is. */
  private evaluatedNext: Evaluated;
  private isClosed = false;

  /** It computes with zeros until parameters are loaded. */
  constructor(binding: Binding, vectors: string, threads: number, setup: ByteSetup) {
    const { classes, splits, shape, statistics, loss } = setup;
    const inputs = inputCount(shape);
    const weights = new Float32Array(classes * inputs);
    const biases = new Float32Array(classes);
    this.binding = binding;
    this.splits = splits;
    this.parameters = { classes, inputs, weights, biases };
    this.handle = binding.create({
      vectors,
      threads,
      inputs,
      classes,
      width: shape.width,
      loss,
      means: statistics.means,
      deviations: statistics.deviations,
      weights,
      biases,
    });
    this.losses = new Float32Array(splits.train.labels.length);
    this.sliceLosses = this.losses.subarray(0, 0);
    const rows = Math.min(ROWS_A_JOB, mostRows(setup));
    this.evaluated = createEvaluated(rows, classes);
    this.evaluatedNext = createEvaluated(rows, classes);
  }

  async load({ weights, biases }: ModelParameters, scaledWeights?: Values | null): Promise<void> {
    this.requireOpen();
    this.parameters.biases.set(biases);
    if (scaledWeights) {
      this.binding.putScaledWeights(this.handle, Float32Array.from(scaledWeights));
      return await this.run({ kind: "adopt" });
    }
    this.parameters.weights.set(weights);
    await this.run({ kind: "load" });
  }

  copyState() {
    this.requireOpen();
    const { classes, inputs, weights, biases } = this.parameters;
    const scaledWeights = new Float32Array(classes * inputs);
    this.binding.copyScaledWeights(this.handle, scaledWeights);
    return {
      parameters: { classes, inputs, weights: weights.slice(), biases: biases.slice() },
      scaledWeights,
    };
  }

  async train(slice: TrainingSlice) {
    const { batchSize, first, end } = slice;
    const start = first * batchSize;
    const rows = Math.min(end * batchSize, slice.order.length) - start;
    if (rows <= 0) return { lossSum: 0, losses: this.losses.subarray(0, 0) };
    if (this.sliceLosses.length !== rows) this.sliceLosses = this.losses.subarray(0, rows);
    const { images, labels } = this.splits.train;
    await this.run({
      kind: "train",
      images,
      labels,
      rows,
      losses: this.losses,
      batchSize,
      order: slice.order.subarray(start, start + rows),
      flips: slice.flips?.subarray(start, start + rows),
      noiseKeys: slice.noise?.keys.subarray(2 * start, 2 * (start + rows)),
      noiseAmount: slice.noise?.amount ?? 0,
      learningRates: slice.learningRates.subarray(first, end),
      lambda: slice.lambda,
    });
    return { lossSum: this.binding.lossSum(this.handle), losses: this.sliceLosses };
  }

  async evaluate(split: Split, first: number, end: number) {
    const rows = end - first;
    [this.evaluated, this.evaluatedNext] = [this.evaluatedNext, this.evaluated];
    const { probabilities, losses } = this.evaluated;
    const { images, labels } = this.splits[split];
    await this.run({ kind: "evaluate", images, labels, rows, firstRow: first, losses, probabilities });
    return {
      size: rows,
      probabilities: probabilities.subarray(0, rows * this.parameters.classes),
      losses: losses.subarray(0, rows),
      labels: labels.subarray(first, end),
    };
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.binding.close(this.handle);
  }

  private async run(job: Job): Promise<void> {
    if (this.isClosed || !(await this.binding.run(this.handle, job))) throw closed();
  }

  private requireOpen(): void {
    if (this.isClosed) throw closed();
  }
}

function createEvaluated(rows: number, classes: number): Evaluated {
  return { losses: new Float32Array(rows), probabilities: new Float32Array(rows * classes) };
}

function closed(): TrainscopeError {
  return new TrainscopeError("ENGINE_FAILED", "the engine is closed");
}

function mostRows({ splits }: ByteSetup): number {
  return Math.max(...Object.values(splits).map(({ labels }) => labels.length));
}
