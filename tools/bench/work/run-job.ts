// What every program of parts (c) and (d) is given: whole runs over CIFAR-10's own files.
//
//   run.json      `RunJob`
//   orders.u32    `epochs x images`: the order of each epoch
//   flips.u8      `epochs x images`: 1 where the image at that place of the order is mirrored; only if `flip` is not 0
//   initial.f64   W (`10 x 3072`, row-major), then b
//
// Ours draws orders and flips itself, as always. The others read what it will draw: they save themselves the work,
// and the results can be compared.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, initialiseParameters, RandomStream, shuffle } from "@trainscope/core";

export interface RunJob {
  /** Holds CIFAR-10's binary files. */
  readonly directory: string;
  /**
   * `batch1`: train on data_batch_1, validate on data_batch_2. `all`: train on the five but for their last 1,000
   * images, and look at the test images after each epoch, which a benchmark may and a choice of settings may not.
   */
  readonly trainOn: "batch1" | "all";
  /** One run each. */
  readonly settings: readonly { readonly lambda: number; readonly eta: number }[];
  readonly epochs: number;
  readonly batch: number;
  readonly flip: number;
  /** The learning rate is multiplied by `factor` after each `every` epochs. */
  readonly decay: { readonly every: number; readonly factor: number } | null;
  /** Test accuracy at which the run ends, 0 to 1. */
  readonly target: number | null;
}

/** What a run came to. Losses are those of the last epoch. */
export interface RunOutcome {
  readonly epochs: number;
  readonly loss: number;
  readonly validationLoss: number;
  readonly testAccuracy: number;
}

export const SEED = 0;

const CLASSES = 10;
const INPUTS = 3072;

export async function writeRunJob(folder: string, job: RunJob): Promise<void> {
  const { epochs, flip, trainOn } = job;
  const images = trainOn === "all" ? 49_000 : 10_000;
  const orders = new Uint32Array(epochs * images);
  const flips = new Uint8Array(flip === 0 ? 0 : epochs * images);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = orders.subarray((epoch - 1) * images, epoch * images);
    for (let i = 0; i < images; i++) order[i] = i;
    shuffle(order, createRandom(SEED, RandomStream.shuffle, epoch));
    const random = createRandom(SEED, RandomStream.flip, epoch);
    const ofEpoch = flips.subarray((epoch - 1) * images, epoch * images);
    for (let i = 0; i < ofEpoch.length; i++) ofEpoch[i] = random.uniform() < flip ? 1 : 0;
  }
  const { weights, biases } = initialiseParameters(CLASSES, INPUTS, SEED);
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "run.json"), JSON.stringify(job)),
    writeFile(join(folder, "orders.u32"), orders),
    writeFile(join(folder, "flips.u8"), flips),
    writeFile(
      join(folder, "initial.f64"),
      Buffer.concat([weights, biases].map(({ buffer }) => new Uint8Array(buffer))),
    ),
  ]);
}

export async function readRunJob(folder: string): Promise<RunJob> {
  return JSON.parse(await readFile(join(folder, "run.json"), "utf8")) as RunJob;
}
