// The wasm engine: float32, SIMD, on threads that share one memory. The kernels are AssemblyScript, in
// packages/core/kernels; here they get their memory, their threads and their jobs.
import { inputCount, type LabelledImages, SPLITS, type Split } from "../../data/dataset.ts";
import {
  createImageMemory,
  giveBack,
  type ImageMemory,
  imageMemoryOf,
  type Stretch,
  takeStretch,
} from "../../data/image-memory.ts";
import { messageOf, TrainscopeError } from "../../errors.ts";
import type { Parameters } from "../../model/linear.ts";
import type { Engine, EngineFactory, EngineSetup, TrainingSlice } from "../engine.ts";
import { createReferenceEngine } from "../reference.ts";
import { type Crew, createCallerCrew, createThreadCrew, Job } from "./crew.ts";
import { compileKernels, detectHost, type WasmHost } from "./host.ts";
import { type EvaluationLayout, type Layout, layOut, MOST_CHUNKS } from "./layout.ts";

export interface WasmEngineOptions {
  /** 1 to 16. All cores that are free to use where left out. */
  readonly threads?: number;
  /** What the engine finds out of itself where left out. */
  readonly host?: Partial<WasmHost>;
}

/** Some 30 ms of work on one thread, and less on more: meanwhile the calling thread may draw, say, and delays nothing. */
const EVALUATION_ROWS = 16_384;

/**
 * Makes wasm engines. Results are the same, bit by bit, for any number of threads. Where the host lacks what the
 * engine needs, one thread or the reference engine serves, and the engine's `notice` says so.
 *
 * Throws `BAD_OPTION` for a number of threads that is out of range. The engine rejects with `ENGINE_FAILED` once one
 * of its threads has died.
 */
export function createWasmEngine(options: WasmEngineOptions = {}): EngineFactory {
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_CHUNKS)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `threads is ${threads}; expected a whole number, 1 to ${MOST_CHUNKS}`,
    );
  }
  return (setup) => createEngine(setup, { ...detectHost(), ...options.host }, threads);
}

async function createEngine(setup: EngineSetup, host: WasmHost, asked: number | undefined): Promise<Engine> {
  const { simd, sharedMemory, createWorker } = host;
  if (simd === "none") {
    const notice = "this host has no WebAssembly SIMD: the reference engine computes, on one thread";
    return { ...(await createReferenceEngine(setup)), notice };
  }
  if (!sharedMemory) return await createCallerEngine(setup, simd, false, "this host has no shared memory");
  if (createWorker === undefined) {
    return await createCallerEngine(setup, simd, true, "this host has no worker threads");
  }
  const threads = asked ?? Math.max(1, Math.min(host.cores, MOST_CHUNKS));
  const module = await compileKernels(simd, "shared");
  const room = furnish(setup, threads, true);
  try {
    const workers = Array.from({ length: threads }, createWorker);
    return createFrom(setup, room, await createThreadCrew({ ...room, module }, workers), threads);
  } catch (thrown) {
    // A page's security policy may refuse workers.
    room.giveBack();
    return await createCallerEngine(setup, simd, true, `threads did not start (${messageOf(thrown)})`);
  }
}

async function createCallerEngine(
  setup: EngineSetup,
  simd: "relaxed" | "plain",
  shared: boolean,
  reason: string,
): Promise<Engine> {
  const module = await compileKernels(simd, shared ? "shared" : "unshared");
  const room = furnish(setup, 1, shared);
  const engine = await createFrom(setup, room, await createCallerCrew({ ...room, module }), 1);
  return { ...engine, notice: `${reason}: one thread computes, the one that shows everything too` };
}

/** An engine's arrays in memory, filled. */
interface Room {
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
  /** Addresses of each split's images and labels. */
  readonly splits: Readonly<Record<Split, { readonly images: number; readonly labels: number }>>;
  giveBack(): void;
}

function furnish(setup: EngineSetup, threads: number, shared: boolean): Room {
  const { shape, classes, splits, loss } = setup;
  // The memory that most images are in anyway; the engine's own arrays join them.
  const home = shared ? imageMemoryOf(splits.train.images) : undefined;
  const isHome = ({ images }: LabelledImages): boolean => home !== undefined && imageMemoryOf(images) === home;
  const copied = SPLITS.flatMap((split) => (isHome(splits[split]) ? [] : [splits[split].images.length]));
  const labelled = SPLITS.map((split) => splits[split].labels.length);
  const sizes = {
    threads,
    inputs: inputCount(shape),
    classes,
    width: shape.width,
    loss,
    trainingRows: splits.train.labels.length,
    evaluationRows: EVALUATION_ROWS,
    copiedBytes: sum(copied) + sum(labelled),
  };
  const { imageMemory, stretch } = findRoom(home, layOut(0, sizes).end, shared);
  const { memory } = imageMemory;
  const layout = layOut(stretch.start, sizes);
  const bytes = new Uint8Array(memory.buffer);
  // Another engine may have used the stretch, and padding is to be 0.
  bytes.fill(0, stretch.start, layout.end);

  let next = layout.copies;
  function copy(source: Uint8Array): number {
    const address = next;
    bytes.set(source, address);
    next += source.length;
    return address;
  }
  function place(split: Split): { images: number; labels: number } {
    const { images, labels } = splits[split];
    return { images: isHome(splits[split]) ? images.byteOffset : copy(images), labels: copy(labels) };
  }
  const room = {
    memory,
    layout,
    splits: { train: place("train"), validation: place("validation"), test: place("test") },
    giveBack: () => giveBack(imageMemory, stretch),
  };
  fill(room, setup);
  return room;
}

/** In the memory that the images are in, or in one of the engine's own. Throws `NOT_SUPPORTED` beyond 4 GiB. */
function findRoom(
  home: ImageMemory | undefined,
  bytes: number,
  shared: boolean,
): { readonly imageMemory: ImageMemory; readonly stretch: Stretch } {
  try {
    if (home !== undefined) return { imageMemory: home, stretch: takeStretch(home, bytes) };
    const imageMemory = createImageMemory(bytes, shared);
    return { imageMemory, stretch: { start: 0, bytes } };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const megabytes = Math.ceil(bytes / 1e6);
    throw new TrainscopeError(
      "NOT_SUPPORTED",
      `no memory for the wasm engine: ${messageOf(cause)} (${megabytes} MB)`,
      {
        hint: "It holds data and parameters in at most 4 GiB. Use the reference engine, or fewer images.",
        cause,
      },
    );
  }
}

function fill({ memory, layout }: Room, { statistics }: EngineSetup): void {
  const { buffer } = memory;
  new Uint32Array(buffer, layout.table, layout.tableValues.length).set(layout.tableValues);
  const inputs = statistics.means.length;
  const wholeMeans = new Int16Array(buffer, layout.wholeMeans, inputs);
  const meanRests = new Float32Array(buffer, layout.meanRests, inputs);
  const deviations = new Float32Array(buffer, layout.deviations, inputs);
  const scales = new Float32Array(buffer, layout.scales, inputs);
  const squaredScales = new Float32Array(buffer, layout.squaredScales, inputs);
  for (let j = 0; j < inputs; j++) {
    const mean = statistics.means[j] as number;
    wholeMeans[j] = Math.round(mean);
    meanRests[j] = mean - Math.round(mean);
    const deviation = statistics.deviations[j] as number;
    deviations[j] = deviation;
    scales[j] = 1 / deviation;
    squaredScales[j] = 1 / deviation ** 2;
  }
}

function parametersIn(
  { buffer }: WebAssembly.Memory,
  layout: Layout,
  { classes, inputs }: Pick<Parameters, "classes" | "inputs">,
): Parameters<Float32Array> {
  return {
    classes,
    inputs,
    weights: new Float32Array(buffer, layout.weights, classes * inputs),
    biases: new Float32Array(buffer, layout.biases, classes),
  };
}

async function createFrom(setup: EngineSetup, room: Room, crew: Crew, threads: number): Promise<Engine> {
  const { memory, layout } = room;
  const { buffer } = memory;
  const { classes } = setup;
  const trainingRows = setup.splits.train.labels.length;
  const words = new Uint32Array(buffer, layout.job, 12);
  const lambda = new Float64Array(buffer, layout.job + 48, 1);
  const lossSum = new Float64Array(buffer, layout.job + 56, 1);
  const order = new Uint32Array(buffer, layout.order, trainingRows);
  const flips = new Uint8Array(buffer, layout.flips, trainingRows);
  const learningRates = new Float64Array(buffer, layout.learningRates, trainingRows);
  const viewsOf = (addresses: EvaluationLayout) => ({
    addresses,
    losses: new Float32Array(buffer, addresses.losses, EVALUATION_ROWS),
    probabilities: new Float32Array(buffer, addresses.probabilities, EVALUATION_ROWS * classes),
  });
  let evaluated = viewsOf(layout.evaluations[0]);
  let evaluatedNext = viewsOf(layout.evaluations[1]);

  /** As kernels/job.ts reads them: what both kinds of job have in common. */
  function setJob(split: Split, rows: number, lossesAt: number): void {
    const { images, labels } = room.splits[split];
    words[1] = images;
    words[2] = labels;
    words[3] = rows;
    words[4] = lossesAt;
  }

  const parameters = parametersIn(memory, layout, setup.initial);
  async function load({ weights, biases }: Parameters): Promise<void> {
    parameters.weights.set(weights);
    parameters.biases.set(biases);
    await crew.run(Job.load);
  }
  await load(setup.initial);
  return {
    name: "wasm",
    precision: "float32",
    threads,
    evaluationRows: EVALUATION_ROWS,
    parameters,
    load,

    async trainBatches(slice: TrainingSlice) {
      const { batchSize, first, end } = slice;
      const start = first * batchSize;
      const rows = Math.min(end * batchSize, slice.order.length) - start;
      order.set(slice.order.subarray(start, start + rows));
      if (slice.flips !== undefined) flips.set(slice.flips.subarray(start, start + rows));
      learningRates.set(slice.learningRates.subarray(first, end));
      lambda[0] = slice.lambda;
      setJob("train", rows, layout.losses);
      words[5] = layout.order;
      words[6] = slice.flips === undefined ? 0 : layout.flips;
      words[7] = batchSize;
      words[8] = layout.learningRates;
      await crew.run(Job.train);
      return lossSum[0] as number;
    },

    async evaluate(split, first, end) {
      const size = end - first;
      [evaluated, evaluatedNext] = [evaluatedNext, evaluated];
      const { addresses, probabilities, losses } = evaluated;
      setJob(split, size, addresses.losses);
      words[9] = first;
      words[10] = addresses.probabilities;
      words[11] = 0;
      await crew.run(Job.evaluate);
      return {
        size,
        probabilities: probabilities.subarray(0, size * classes),
        losses: losses.subarray(0, size),
        labels: setup.splits[split].labels.subarray(first, end),
      };
    },

    async close() {
      await crew.close();
      room.giveBack();
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
