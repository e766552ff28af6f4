// What an epoch will do, settled before it starts: a function of the settings and the epoch's number alone, so
// that any epoch can be repeated without those before it. Nothing in it depends on a setting that can be changed
// during a run, so it can be made ahead; batches and learning rates follow when they are due.

import { type Batching, fractionDone } from "../data/batching.ts";
import type { Noise } from "../random/noise.ts";
import { createRandom, type Random, RandomStream, shuffle } from "../random/random.ts";
import { learningRateAt } from "../settings/schedule.ts";
import type { TrainSettings } from "../settings/settings.ts";

export interface EpochPlan {
  /** A permutation of the training images. */
  readonly order: Uint32Array;
  /** For each place in the order 1 where that image is mirrored; left out where none is. */
  readonly flips?: Uint8Array;
  /** Left out where there is none. */
  readonly noise?: Noise;
}

/** `epoch` is 1-based. */
export function planEpoch(
  { seed, flip, noise }: Pick<TrainSettings, "seed" | "flip" | "noise">,
  images: number,
  epoch: number,
): EpochPlan {
  const order = Uint32Array.from({ length: images }, (_, i) => i);
  shuffle(order, createRandom(seed, RandomStream.shuffle, epoch));
  return {
    order,
    ...(flip > 0 && { flips: drawFlips(flip, images, createRandom(seed, RandomStream.flip, epoch)) }),
    ...(noise > 0 && {
      noise: { amount: noise, keys: drawKeys(images, createRandom(seed, RandomStream.noise, epoch)) },
    }),
  };
}

/** The images from place `start` on, as they were planned. */
export function restOf({ order, flips, noise }: EpochPlan, start: number): EpochPlan {
  return {
    order: order.subarray(start),
    ...(flips && { flips: flips.subarray(start) }),
    ...(noise && { noise: { ...noise, keys: noise.keys.subarray(2 * start) } }),
  };
}

/** One for each batch of this batching. `images` are those of the whole epoch. */
export function learningRatesOf(
  { schedule, learningRate, epochs }: Pick<TrainSettings, "schedule" | "learningRate" | "epochs">,
  batching: Batching,
  images: number,
  epoch: number,
): Float64Array {
  const { batchesBefore, batches } = batching;
  return Float64Array.from({ length: batches - batchesBefore }, (_, i) =>
    learningRateAt(
      schedule,
      learningRate,
      epoch - 1 + fractionDone(batching, batchesBefore + i, images),
      epochs,
    ),
  );
}

function drawFlips(probability: number, images: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: images }, () => (random.uniform() < probability ? 1 : 0));
}

function drawKeys(images: number, random: Random): Uint32Array {
  return Uint32Array.from({ length: 2 * images }, random.uint32);
}
