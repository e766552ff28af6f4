// How often an evaluation is told in detail: collecting details slows the evaluation, and nobody reads more than a few a second.
import type { RunMode } from "../control/control-receiver.ts";

/** From one epoch with details to the next. With one after each epoch of 40 ms a run took 8 % longer. */
const INTERVAL_MS = 250;

export interface DetailsThrottle {
  /** Whether details are collected of the evaluation that begins now. Those of steps and of the last epoch always are. */
  isDue(mode: RunMode, isLast: boolean): boolean;
}

/** `now` gives milliseconds since 1970. */
export function createDetailsThrottle(now: () => number): DetailsThrottle {
  let collectedAt = Number.NEGATIVE_INFINITY;
  return {
    isDue(mode, isLast) {
      const time = now();
      // A clock that was set back would not come to it for long.
      const isSoon = time >= collectedAt && time - collectedAt < INTERVAL_MS;
      if (mode === "running" && !isLast && isSoon) return false;
      collectedAt = time;
      return true;
    },
  };
}
