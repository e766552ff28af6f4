// Turns slices of training into at most ten reports a second.

export interface Progress {
  readonly samplesPerSecond: number;
  /** Mean over the images since the last report; `null` where it is no finite number. */
  readonly loss: number | null;
}

const INTERVAL_MS = 100;

/** `clock` gives milliseconds. */
export function createProgressMeter(clock: () => number = () => performance.now()) {
  let reportedAt = clock();
  let images = 0;
  let lossSum = 0;
  let milliseconds = 0;

  return {
    /** Adds a slice; gives a report where one is due. */
    add(sliceImages: number, sliceLossSum: number, sliceMs: number): Progress | undefined {
      images += sliceImages;
      lossSum += sliceLossSum;
      milliseconds += sliceMs;
      const now = clock();
      if (now - reportedAt < INTERVAL_MS) return undefined;
      const loss = lossSum / images;
      const progress = {
        samplesPerSecond: (1000 * images) / milliseconds,
        loss: Number.isFinite(loss) ? loss : null,
      };
      reportedAt = now;
      images = 0;
      lossSum = 0;
      milliseconds = 0;
      return progress;
    },
  };
}
