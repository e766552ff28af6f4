// How long a run had been trained at each place on its axis.
import type { TrainingEvent } from "@trainscope/core/events";
import { indexFrom, isValuesEvent, xOf } from "@trainscope/core/history";

export interface RunClock {
  /** Epochs or steps, rising. */
  readonly x: readonly number[];
  /** Training and evaluation up to there, one for each; pauses don't count. */
  readonly seconds: readonly number[];
}

export interface GrowingRunClock extends RunClock {
  add(event: TrainingEvent): void;
}

/** Epochs say how long they took. Where points are told there is only the time at which they came. */
export function createRunClock(): GrowingRunClock {
  const worked = createWorked();
  const elapsed = createElapsed();
  let isPointed = false;
  return {
    add(event) {
      isPointed ||= event.type === "point";
      worked.add(event);
      elapsed.add(event);
    },
    get x() {
      return isPointed ? elapsed.x : worked.x;
    },
    get seconds() {
      return isPointed ? elapsed.seconds : worked.seconds;
    },
  };
}

/** Where a log tells an epoch twice the later counts, with all that came after the earlier. */
function createWorked(): GrowingRunClock {
  const x: number[] = [];
  const seconds: number[] = [];
  return {
    x,
    seconds,
    add(event) {
      if (event.type !== "epoch:end") return;
      while ((x.at(-1) ?? Number.NEGATIVE_INFINITY) >= event.epoch) {
        x.pop();
        seconds.pop();
      }
      const { trainMs, evaluateMs } = event.timing;
      x.push(event.epoch);
      seconds.push((seconds.at(-1) ?? 0) + (Math.max(0, trainMs) + Math.max(0, evaluateMs)) / 1000);
    },
  };
}

/** A split of a slower pace may be told behind the others: its place has its time already. */
function createElapsed(): GrowingRunClock {
  const x: number[] = [];
  const seconds: number[] = [];
  let elapsedMs = 0;
  let before: number | undefined;
  let isPaused = false;
  return {
    x,
    seconds,
    add(event) {
      if (!isPaused && event.type !== "run:resume")
        elapsedMs += Math.max(0, event.time - (before ?? event.time));
      before = event.time;
      if (event.type === "control") isPaused = event.action === "pause";
      if (!isValuesEvent(event) || xOf(event) <= (x.at(-1) ?? Number.NEGATIVE_INFINITY)) return;
      x.push(xOf(event));
      seconds.push(elapsedMs / 1000);
    },
  };
}

/** Between two places in proportion; beyond the last as at the last. */
export function secondsAt({ x, seconds }: RunClock, at: number): number {
  const index = indexFrom(x, at);
  const [right, left] = [x[index], x[index - 1]];
  if (right === undefined) return seconds.at(-1) ?? 0;
  const after = seconds[index] ?? 0;
  if (right === at || left === undefined) return after;
  const before = seconds[index - 1] ?? 0;
  return before + ((at - left) / (right - left)) * (after - before);
}
