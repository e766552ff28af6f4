// The wasm engine: float32, SIMD, on threads that share one memory. The kernels are AssemblyScript, in
// packages/core/kernels; here they get their memory, their threads and their jobs.
import type { Split } from "../../data/dataset.ts";
import { messageOf, TrainscopeError } from "../../errors.ts";
import { copyParameters, type Parameters, type Values } from "../../model/linear.ts";
import type { Engine, EngineFactory, EngineSetup, TrainingSlice } from "../engine.ts";
import { createReferenceEngine } from "../reference.ts";
import { type Crew, createCallerCrew, createThreadCrew, Job } from "./crew.ts";
import { compileKernels, describeKernels, detectHost, type Simd, type WasmHost } from "./host.ts";
import * as JobWord from "./job-words.ts";
import { type EvaluationLayout, MOST_THREADS } from "./layout.ts";
import { furnish, parametersIn, ROWS_A_JOB, type Room } from "./room.ts";
import { copyScaledWeights, putScaledWeights } from "./scaled-weights.ts";
import type { ComputeWorker } from "./worker.ts";

/** What `createWasmEngine` takes. */
export interface WasmEngineOptions {
  /** 1 to 16. All cores that are free to use where left out. */
  readonly threads?: number;
  /** What the engine finds out of itself where left out. */
  readonly host?: Partial<WasmHost>;
}

/**
 * Makes wasm engines. Results are the same, bit by bit, for any number of threads. Where the host has no threads, one
 * computes; where it has no WebAssembly SIMD, or a policy forbids to compile WebAssembly, the reference engine does. The
 * engine's `notice` says so.
 *
 * Throws `BAD_OPTION` for a number of threads that is out of range, and rejects with `ENGINE_FAILED` where the engine
 * doesn't start for any other reason. The engine rejects with it once one of its threads has died, or when it is used
 * after it was closed.
 */
export function createWasmEngine(options: WasmEngineOptions = {}): EngineFactory {
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `threads is ${threads}; expected a whole number, 1 to ${MOST_THREADS}`,
    );
  }
  return (setup) => createEngine(setup, { ...detectHost(), ...options.host }, threads);
}

async function createEngine(setup: EngineSetup, host: WasmHost, asked: number | undefined): Promise<Engine> {
  const { simd, sharedMemory, createWorker } = host;
  if (simd === "none") return await createSubstitute(setup, "this host has no WebAssembly SIMD");
  try {
    if (!sharedMemory) return await createCallerEngine(setup, simd, false, "this host has no shared memory");
    if (createWorker === undefined) {
      return await createCallerEngine(setup, simd, true, "this host has no worker threads");
    }
    const threads = asked ?? Math.max(1, Math.min(host.cores, MOST_THREADS));
    return await createThreadedEngine(setup, simd, threads, createWorker);
  } catch (thrown) {
    if (isForbidden(thrown)) {
      return await createSubstitute(setup, `this host forbids to compile WebAssembly (${messageOf(thrown)})`);
    }
    const message = `the wasm engine did not start: ${messageOf(thrown)}`;
    const hint = "The reference engine needs no WebAssembly: slower, and in float64.";
    throw new TrainscopeError("ENGINE_FAILED", message, { hint, cause: thrown });
  }
}

/** A page's security policy, or what embeds the host, has refused: the kernels are valid, as the host has said. */
function isForbidden(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "CompileError";
}

async function createThreadedEngine(
  setup: EngineSetup,
  simd: Simd,
  threads: number,
  createWorker: () => ComputeWorker,
): Promise<Engine> {
  const module = await compileKernels(simd, "shared");
  const room = furnish(setup, threads, true);
  const workers: ComputeWorker[] = [];
  try {
    while (workers.length < threads) workers.push(createWorker());
    const crew = await createThreadCrew({ ...room, module }, workers);
    return { ...(await createFrom(setup, room, crew, threads)), ...describeKernels(simd) };
  } catch (thrown) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    room.giveBack();
    // A page's security policy may refuse workers.
    return await createCallerEngine(setup, simd, true, `threads did not start (${messageOf(thrown)})`);
  }
}

async function createCallerEngine(
  setup: EngineSetup,
  simd: Simd,
  shared: boolean,
  reason: string,
): Promise<Engine> {
  const module = await compileKernels(simd, shared ? "shared" : "unshared");
  const room = furnish(setup, 1, shared);
  const engine = await createFrom(setup, room, await createCallerCrew({ ...room, module }), 1);
  return {
    ...engine,
    ...describeKernels(simd),
    notice: `${reason}: one thread computes, the one that shows everything too`,
  };
}

async function createSubstitute(setup: EngineSetup, reason: string): Promise<Engine> {
  const notice = `${reason}: the reference engine computes, on one thread`;
  return { ...(await createReferenceEngine(setup)), notice };
}

async function createFrom(setup: EngineSetup, room: Room, crew: Crew, threads: number): Promise<Engine> {
  const { memory, layout } = room;
  const { buffer } = memory;
  const { classes } = setup;
  const trainingRows = setup.splits.train.labels.length;
  const words = new Uint32Array(buffer, layout.job, JobWord.COUNT);
  const lambda = new Float64Array(buffer, layout.job + 4 * JobWord.LAMBDA, 1);
  const lossSum = new Float64Array(buffer, layout.job + 4 * JobWord.LOSS_SUM, 1);
  const order = new Uint32Array(buffer, layout.order, trainingRows);
  const flips = new Uint8Array(buffer, layout.flips, trainingRows);
  const noiseKeys = new Uint32Array(buffer, layout.noiseKeys, 2 * trainingRows);
  const learningRates = new Float64Array(buffer, layout.learningRates, trainingRows);
  const losses = new Float32Array(buffer, layout.losses, trainingRows);
  /** Those of the slice, a view that the next slice of its size shares. */
  let sliceLosses = losses.subarray(0, 0);
  const viewsOf = (addresses: EvaluationLayout) => ({
    addresses,
    losses: new Float32Array(buffer, addresses.losses, ROWS_A_JOB),
    probabilities: new Float32Array(buffer, addresses.probabilities, ROWS_A_JOB * classes),
  });
  let evaluated = viewsOf(layout.evaluations[0]);
  let evaluatedNext = viewsOf(layout.evaluations[1]);

  /** What both kinds of job have in common. */
  function setJob(split: Split, rows: number, lossesAt: number): void {
    const { images, labels } = room.splits[split];
    words[JobWord.IMAGES] = images;
    words[JobWord.LABELS] = labels;
    words[JobWord.ROWS] = rows;
    words[JobWord.LOSSES] = lossesAt;
  }

  /** The arrays are exchanged for copies when the engine closes. */
  const parameters: { -readonly [Key in keyof Parameters<Float32Array>]: Parameters<Float32Array>[Key] } =
    parametersIn(memory, layout, setup.initial);
  let closed: Promise<void> | undefined;

  function requireOpen(): void {
    if (closed !== undefined) throw new TrainscopeError("ENGINE_FAILED", "the engine is closed");
  }

  /** The memory may be another engine's after this. */
  async function close(): Promise<void> {
    await crew.close();
    parameters.weights = parameters.weights.slice();
    parameters.biases = parameters.biases.slice();
    room.giveBack();
  }

  async function load({ weights, biases }: Parameters, scaledWeights?: Values | null): Promise<void> {
    requireOpen();
    parameters.biases.set(biases);
    if (scaledWeights) {
      putScaledWeights(room, parameters, scaledWeights);
      return await crew.run(Job.adopt);
    }
    parameters.weights.set(weights);
    await crew.run(Job.load);
  }
  await load(setup.initial);
  return {
    name: "wasm",
    precision: "float32",
    threads,
    evaluationRows: ROWS_A_JOB,
    parameters,
    load,

    copyState() {
      requireOpen();
      return {
        parameters: copyParameters(parameters),
        scaledWeights: copyScaledWeights(room, parameters),
      };
    },

    async trainBatches(slice: TrainingSlice) {
      requireOpen();
      const { batchSize, first, end } = slice;
      const start = first * batchSize;
      const rows = Math.min(end * batchSize, slice.order.length) - start;
      if (rows <= 0) return { lossSum: 0, losses: losses.subarray(0, 0) };
      order.set(slice.order.subarray(start, start + rows));
      if (slice.flips !== undefined) flips.set(slice.flips.subarray(start, start + rows));
      if (slice.noise !== undefined) noiseKeys.set(slice.noise.keys.subarray(2 * start, 2 * (start + rows)));
      learningRates.set(slice.learningRates.subarray(first, end));
      lambda[0] = slice.lambda;
      setJob("train", rows, layout.losses);
      words[JobWord.ORDER] = layout.order;
      words[JobWord.FLIPS] = slice.flips === undefined ? 0 : layout.flips;
      words[JobWord.BATCH_SIZE] = Math.min(batchSize, rows);
      words[JobWord.LEARNING_RATES] = layout.learningRates;
      words[JobWord.NOISE_KEYS] = slice.noise === undefined ? 0 : layout.noiseKeys;
      words[JobWord.NOISE_AMOUNT] = slice.noise?.amount ?? 0;
      await crew.run(Job.train);
      if (sliceLosses.length !== rows) sliceLosses = losses.subarray(0, rows);
      return { lossSum: lossSum[0] as number, losses: sliceLosses };
    },

    async evaluate(split, first, end) {
      requireOpen();
      const size = end - first;
      [evaluated, evaluatedNext] = [evaluatedNext, evaluated];
      const { addresses, probabilities, losses } = evaluated;
      setJob(split, size, addresses.losses);
      words[JobWord.FIRST_ROW] = first;
      words[JobWord.PROBABILITIES] = addresses.probabilities;
      words[JobWord.TAKEN_ROWS] = 0;
      await crew.run(Job.evaluate);
      return {
        size,
        probabilities: probabilities.subarray(0, size * classes),
        losses: losses.subarray(0, size),
        labels: setup.splits[split].labels.subarray(first, end),
      };
    },

    close() {
      closed ??= close();
      return closed;
    },
  };
}
