// The native engine: float32 in the machine's widest vectors, on threads of its own. The kernels are C, in native/;
// here they get their arrays and their jobs.

import { availableParallelism } from "node:os";
import {
  type Engine,
  type EngineFactory,
  type EngineSetup,
  inputCount,
  type Parameters,
  type Split,
  type TrainingSlice,
  TrainscopeError,
  type Values,
} from "@trainscope/core";
import type { Binding, Job } from "./binding.ts";
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
 * Throws `BAD_OPTION` for a number of threads that is out of range, `NOT_SUPPORTED` where the engine can't serve here
 * or not with those vectors. The engine rejects with `ENGINE_FAILED` when it is used after it was closed.
 */
export function createNativeEngine(options: NativeEngineOptions = {}): EngineFactory {
  const { threads = Math.min(availableParallelism(), MOST_THREADS) } = options;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `threads is ${threads}; expected a whole number, 1 to ${MOST_THREADS}`,
    );
  }
  const { binding, vectors } = requireVectors(options.vectors);
  return async (setup) => await createEngine(binding, vectors, threads, setup);
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

async function createEngine(
  binding: Binding,
  vectors: string,
  threads: number,
  setup: EngineSetup,
): Promise<Engine> {
  const { classes, splits, shape, statistics, loss } = setup;
  const inputs = inputCount(shape);
  const parameters: Parameters<Float32Array> = {
    classes,
    inputs,
    weights: new Float32Array(classes * inputs),
    biases: new Float32Array(classes),
  };
  const handle = binding.create({
    ...{ vectors, threads, inputs, classes, width: shape.width, loss },
    ...statistics,
    weights: parameters.weights,
    biases: parameters.biases,
  });
  const losses = new Float32Array(splits.train.labels.length);
  /** Those of the slice, a view that the next slice of its size shares. */
  let sliceLosses = losses.subarray(0, 0);
  const answers = () => ({
    losses: new Float32Array(Math.min(ROWS_A_JOB, mostRows(setup))),
    probabilities: new Float32Array(Math.min(ROWS_A_JOB, mostRows(setup)) * classes),
  });
  let evaluated = answers();
  let evaluatedNext = answers();
  let isClosed = false;

  async function run(job: Job): Promise<void> {
    if (isClosed || !(await binding.run(handle, job))) throw closed();
  }

  async function load({ weights, biases }: Parameters, scaledWeights?: Values | null): Promise<void> {
    if (isClosed) throw closed();
    parameters.biases.set(biases);
    if (scaledWeights) {
      binding.putScaledWeights(handle, Float32Array.from(scaledWeights));
      return await run({ kind: "adopt" });
    }
    parameters.weights.set(weights);
    await run({ kind: "load" });
  }
  await load(setup.initial);
  return {
    name: "native",
    precision: "float32",
    threads,
    vectors,
    build: binding.build,
    evaluationRows: ROWS_A_JOB,
    parameters,
    load,

    copyState() {
      if (isClosed) throw closed();
      const scaledWeights = new Float32Array(classes * inputs);
      binding.copyScaledWeights(handle, scaledWeights);
      const { weights, biases } = parameters;
      return {
        parameters: { classes, inputs, weights: weights.slice(), biases: biases.slice() },
        scaledWeights,
      };
    },

    async trainBatches(slice: TrainingSlice) {
      const { batchSize, first, end } = slice;
      const start = first * batchSize;
      const rows = Math.min(end * batchSize, slice.order.length) - start;
      if (rows <= 0) return { lossSum: 0, losses: losses.subarray(0, 0) };
      if (sliceLosses.length !== rows) sliceLosses = losses.subarray(0, rows);
      await run({
        kind: "train",
        ...{ ...splits.train, rows, losses, batchSize },
        order: slice.order.subarray(start, start + rows),
        flips: slice.flips?.subarray(start, start + rows),
        noiseKeys: slice.noise?.keys.subarray(2 * start, 2 * (start + rows)),
        noiseAmount: slice.noise?.amount ?? 0,
        learningRates: slice.learningRates.subarray(first, end),
        lambda: slice.lambda,
      });
      return { lossSum: binding.lossSum(handle), losses: sliceLosses };
    },

    async evaluate(split: Split, first: number, end: number) {
      const size = end - first;
      [evaluated, evaluatedNext] = [evaluatedNext, evaluated];
      const { probabilities, losses } = evaluated;
      await run({
        kind: "evaluate",
        ...{ ...splits[split], rows: size, firstRow: first, losses, probabilities },
      });
      return {
        size,
        probabilities: probabilities.subarray(0, size * classes),
        losses: losses.subarray(0, size),
        labels: splits[split].labels.subarray(first, end),
      };
    },

    async close() {
      if (isClosed) return;
      isClosed = true;
      binding.close(handle);
    },
  };
}

function closed(): TrainscopeError {
  return new TrainscopeError("ENGINE_FAILED", "the engine is closed");
}

function mostRows({ splits }: EngineSetup): number {
  return Math.max(...Object.values(splits).map(({ labels }) => labels.length));
}
