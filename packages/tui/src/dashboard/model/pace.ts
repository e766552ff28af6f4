// How long an epoch takes, and from that how long the run still takes. Time spent paused doesn't count.

/** Epochs whose median is taken: a few slow ones (a checkpoint, a busy machine) don't move it. */
const RECENT = 15;

export interface Pace {
  /** Whole epochs, evaluation and all else included, in ms; the newest last. */
  readonly durations: readonly number[];
  /** Of those, the time spent on batches. */
  readonly trainTimes: readonly number[];
  /** Where the epoch being measured began; `undefined` before the first. */
  readonly mark: number | undefined;
  readonly pausedAt: number | undefined;
  /** Time paused since `mark`. */
  readonly pausedMs: number;
  readonly inEpoch: boolean;
}

export function createPace(): Pace {
  return { durations: [], trainTimes: [], mark: undefined, pausedAt: undefined, pausedMs: 0, inEpoch: false };
}

export function startEpoch(pace: Pace, time: number): Pace {
  // From the second epoch on an epoch is measured from the end of the one before, with all that lies between.
  return { ...pace, mark: pace.mark ?? time, inEpoch: true };
}

export function endEpoch(pace: Pace, time: number, trainMs: number): Pace {
  const duration = elapsed(pace, time);
  return {
    durations: [...pace.durations, duration].slice(-RECENT),
    trainTimes: [...pace.trainTimes, Math.min(trainMs, duration)].slice(-RECENT),
    mark: time,
    pausedAt: pace.pausedAt === undefined ? undefined : time,
    pausedMs: 0,
    inEpoch: false,
  };
}

export function pausePace(pace: Pace, time: number): Pace {
  return { ...pace, pausedAt: pace.pausedAt ?? time };
}

export function resumePace(pace: Pace, time: number): Pace {
  if (pace.pausedAt === undefined) return pace;
  return { ...pace, pausedAt: undefined, pausedMs: pace.pausedMs + (time - pace.pausedAt) };
}

const QUICK_MS = 500;

/** Epochs so short that the batches within can't be followed by eye. */
export function isQuick({ durations }: Pace): boolean {
  return durations.length > 0 && median(durations) < QUICK_MS;
}

/** Where a run stands. */
export interface Position {
  readonly epoch: number;
  /** 0 where it isn't known how many there will be. */
  readonly epochs: number;
  /** Of the present epoch's batches, 0 to 1. */
  readonly fraction: number;
  readonly time: number;
}

/** Milliseconds to the end of the run; `undefined` while there is nothing to tell it from. */
export function timeLeft(pace: Pace, { epoch, epochs, fraction, time }: Position): number | undefined {
  if (epochs === 0) return undefined;
  const whole = epochs - epoch;
  if (pace.durations.length > 0) {
    const duration = median(pace.durations);
    const share = duration > 0 ? Math.min(1, median(pace.trainTimes) / duration) : 1;
    return duration * (whole + (pace.inEpoch ? 1 - fraction * share : 0));
  }
  // In the first epoch its own batches tell the speed.
  if (!pace.inEpoch || fraction <= 0) return undefined;
  return (elapsed(pace, time) / fraction) * (whole + 1 - fraction);
}

function elapsed(pace: Pace, time: number): number {
  const running = pace.pausedAt === undefined ? 0 : time - pace.pausedAt;
  return Math.max(0, time - (pace.mark ?? time) - pace.pausedMs - running);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
