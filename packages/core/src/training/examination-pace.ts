// Which epochs are examined: it stands in the way of the evaluation, and nobody reads more than a few a second.
import type { RunMode } from "../control/control-receiver.ts";

/** From one examination to the next. With one after each epoch of 40 ms a run took 8 % longer. */
const INTERVAL_MS = 250;

export interface ExaminationPace {
  /** Whether the epoch is examined whose evaluation begins now. Steps and the last epoch always are. */
  isDue(mode: RunMode, isLast: boolean): boolean;
}

/** `now` gives milliseconds since 1970. */
export function createExaminationPace(now: () => number): ExaminationPace {
  let examinedAt = Number.NEGATIVE_INFINITY;
  return {
    isDue(mode, isLast) {
      const time = now();
      // A clock that was set back would not come to it for long.
      const isSoon = time >= examinedAt && time - examinedAt < INTERVAL_MS;
      if (mode === "running" && !isLast && isSoon) return false;
      examinedAt = time;
      return true;
    },
  };
}
