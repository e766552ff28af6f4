// What every program of parts (a), (b), (e) and (f) is given: a folder with one epoch's work, as plain arrays.
//
//   job.json                 `EpochJob`
//   train-images.u8          `images x inputs` bytes           train-labels.u8          `images`
//   validation-images.u8     `validationImages x inputs`       validation-labels.u8     `validationImages`
//   order.u32                `images`: the epoch's order       statistics.f64           means, then deviations
//   initial.f64              W (`classes x inputs`, row-major), then b
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ComponentStatistics,
  componentStatistics,
  createRandom,
  type ImageShape,
  initialiseParameters,
  inputCount,
  type LabelledImages,
  type ModelParameters,
  RandomStream,
  shuffle,
} from "@trainscope/core";

export interface EpochJob {
  readonly images: number;
  readonly validationImages: number;
  readonly classes: number;
  readonly inputs: number;
  readonly shape: ImageShape;
  readonly batch: number;
  readonly lambda: number;
  readonly eta: number;
}

export interface EpochJobData {
  readonly job: EpochJob;
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly order: Uint32Array;
  readonly statistics: ComponentStatistics;
  readonly initial: ModelParameters<Float64Array>;
}

export interface EpochJobOptions {
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly classes: number;
  readonly shape: ImageShape;
}

/** The assignment's third setting: the one that a run trains by where nothing else is said. */
const SETTING = { batch: 100, lambda: 0.1, eta: 0.001 } as const;
const SEED = 0;

/** Makes the folder. */
export async function writeEpochJob(folder: string, options: EpochJobOptions): Promise<EpochJob> {
  const { train, validation, classes, shape } = options;
  const inputs = inputCount(shape);
  const images = train.labels.length;
  const order = Uint32Array.from({ length: images }, (_, i) => i);
  shuffle(order, createRandom(SEED, RandomStream.shuffle, 1));
  const { means, deviations } = componentStatistics(train, inputs);
  const { weights, biases } = initialiseParameters(classes, inputs, SEED);
  const validationImages = validation.labels.length;
  const job: EpochJob = { images, validationImages, classes, inputs, shape, ...SETTING };

  await mkdir(folder, { recursive: true });
  const write = (name: string, ...arrays: readonly ArrayBufferView[]): Promise<void> =>
    writeFile(join(folder, name), Buffer.concat(arrays.map(bytesOf)));
  await Promise.all([
    writeFile(join(folder, "job.json"), JSON.stringify(job)),
    write("train-images.u8", train.images),
    write("train-labels.u8", train.labels),
    write("validation-images.u8", validation.images),
    write("validation-labels.u8", validation.labels),
    write("order.u32", order),
    write("statistics.f64", means, deviations),
    write("initial.f64", weights, biases),
  ]);
  return job;
}

/** Reads what `writeEpochJob` wrote. */
export async function readEpochJob(folder: string): Promise<EpochJobData> {
  const job = JSON.parse(await readFile(join(folder, "job.json"), "utf8")) as EpochJob;
  const { classes, inputs } = job;
  const bytes = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(join(folder, name)));
  const numbers = async (name: string): Promise<Float64Array> =>
    new Float64Array((await bytes(name)).slice().buffer);
  const statistics = await numbers("statistics.f64");
  const initial = await numbers("initial.f64");
  return {
    job,
    train: { images: await bytes("train-images.u8"), labels: await bytes("train-labels.u8") },
    validation: { images: await bytes("validation-images.u8"), labels: await bytes("validation-labels.u8") },
    order: new Uint32Array((await bytes("order.u32")).slice().buffer),
    statistics: { means: statistics.subarray(0, inputs), deviations: statistics.subarray(inputs) },
    initial: {
      classes,
      inputs,
      weights: initial.subarray(0, classes * inputs),
      biases: initial.subarray(classes * inputs),
    },
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
