// What an epoch will do, settled before it starts: a function of the settings and the epoch's number alone, so
// that any epoch can be repeated without those before it.
import { createRandom, RandomStream, shuffle } from "../random/random.ts";
import type { TrainSettings } from "../settings.ts";
import { learningRateAt } from "./schedule.ts";

export interface EpochPlan {
  /** A permutation of the training images. */
  readonly order: Uint32Array;
  /** For each place in the order 1 where that image is mirrored; left out where none is. */
  readonly flips?: Uint8Array;
  readonly batches: number;
  /** One for each batch. */
  readonly learningRates: Float64Array;
}

/** `epoch` is 1-based. */
export function planEpoch(settings: TrainSettings, images: number, epoch: number): EpochPlan {
  const { seed, flip, batchSize, schedule, learningRate, epochs } = settings;
  const order = Uint32Array.from({ length: images }, (_, i) => i);
  shuffle(order, createRandom(seed, RandomStream.shuffle, epoch));

  const batches = Math.ceil(images / batchSize);
  const learningRates = Float64Array.from({ length: batches }, (_, batch) =>
    learningRateAt(schedule, learningRate, epoch - 1 + batch / batches, epochs),
  );
  if (flip === 0) return { order, batches, learningRates };

  const random = createRandom(seed, RandomStream.flip, epoch);
  const flips = Uint8Array.from({ length: images }, () => (random.uniform() < flip ? 1 : 0));
  return { order, flips, batches, learningRates };
}
