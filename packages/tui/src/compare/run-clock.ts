// How long a run had been trained at each place on its axis.
import { indexFrom, isValuesEvent, type TrainingEvent, type ValuesEvent, xOf } from "@trainscope/core";

export interface RunClock {
  /** Epochs or steps, rising. */
  readonly x: readonly number[];
  /** Training and evaluation up to there, one for each; pauses don't count. */
  readonly seconds: readonly number[];
}

/** Epochs say how long they took. Where points are told there is only the time at which they came. */
export function clockOf(events: readonly TrainingEvent[]): RunClock {
  const isPointed = events.some(({ type }) => type === "point");
  const read = isPointed ? elapsedMs(events) : workedMs(events);
  const clock: { x: number; ms: number }[] = [];
  for (const [event, ms] of read) {
    const x = xOf(event);
    // A split of a slower pace may be told behind the others. An epoch that is told anew counts from there.
    if (isPointed && x <= (clock.at(-1)?.x ?? Number.NEGATIVE_INFINITY)) continue;
    clock.push({ x, ms });
  }
  return { x: clock.map(({ x }) => x), seconds: clock.map(({ ms }) => ms / 1000) };
}

type Timed = readonly (readonly [event: ValuesEvent, ms: number])[];

/** Where a log tells an epoch twice the later counts, with all that came after the earlier. */
function workedMs(events: readonly TrainingEvent[]): Timed {
  const worked: [event: ValuesEvent, ms: number][] = [];
  for (const event of events) {
    if (event.type !== "epoch:end") continue;
    while (xOf(worked.at(-1)?.[0] ?? { ...event, epoch: Number.NEGATIVE_INFINITY }) >= event.epoch)
      worked.pop();
    const { trainMs, evaluateMs } = event.timing;
    worked.push([event, (worked.at(-1)?.[1] ?? 0) + milliseconds(trainMs) + milliseconds(evaluateMs)]);
  }
  return worked;
}

/** Another program may not know how long it took. */
function milliseconds(value: unknown): number {
  return typeof value === "number" && value > 0 && Number.isFinite(value) ? value : 0;
}

function elapsedMs(events: readonly TrainingEvent[]): Timed {
  let elapsed = 0;
  let before = events[0]?.time ?? 0;
  let isPaused = false;
  const timed: [event: ValuesEvent, ms: number][] = [];
  for (const event of events) {
    if (!isPaused && event.type !== "run:resume") elapsed += Math.max(0, event.time - before);
    before = event.time;
    if (event.type === "control") isPaused = event.action === "pause";
    if (isValuesEvent(event)) timed.push([event, elapsed]);
  }
  return timed;
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
