// What an epoch will do, settled before it starts: a function of the settings and the epoch's number alone, so
// that any epoch can be repeated without those before it.
import type { Noise } from "../random/noise.ts";
import { createRandom, type Random, RandomStream, shuffle } from "../random/random.ts";
import type { TrainSettings } from "../settings.ts";
import { learningRateAt } from "./schedule.ts";

export interface EpochPlan {
  /** A permutation of the training images. */
  readonly order: Uint32Array;
  /** For each place in the order 1 where that image is mirrored; left out where none is. */
  readonly flips?: Uint8Array;
  /** Left out where there is none. */
  readonly noise?: Noise;
  readonly batches: number;
  /** One for each batch. */
  readonly learningRates: Float64Array;
}

/** `epoch` is 1-based. */
export function planEpoch(settings: TrainSettings, images: number, epoch: number): EpochPlan {
  const { seed, flip, noise, batchSize, schedule, learningRate, epochs } = settings;
  const order = Uint32Array.from({ length: images }, (_, i) => i);
  shuffle(order, createRandom(seed, RandomStream.shuffle, epoch));

  const batches = Math.ceil(images / batchSize);
  const learningRates = Float64Array.from({ length: batches }, (_, batch) =>
    learningRateAt(schedule, learningRate, epoch - 1 + batch / batches, epochs),
  );
  return {
    order,
    ...(flip > 0 && { flips: drawFlips(flip, images, createRandom(seed, RandomStream.flip, epoch)) }),
    ...(noise > 0 && {
      noise: { amount: noise, keys: drawKeys(images, createRandom(seed, RandomStream.noise, epoch)) },
    }),
    batches,
    learningRates,
  };
}

function drawFlips(probability: number, images: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: images }, () => (random.uniform() < probability ? 1 : 0));
}

function drawKeys(images: number, random: Random): Uint32Array {
  return Uint32Array.from({ length: 2 * images }, random.uint32);
}
