// A run's log as a replay sees it: how long it was from event to event, and where each epoch ends. Pure.
import type { TrainingEvent } from "@trainscope/core";

export interface Timeline {
  readonly events: readonly TrainingEvent[];
  /** Milliseconds of the run before each event. */
  readonly gaps: readonly number[];
  /** Whether nobody trained in that time. */
  readonly idle: readonly boolean[];
  /** Before the first epoch: where a replay starts. A place is the number of events that were played. */
  readonly start: number;
  /** Those that ended, in their order. */
  readonly epochs: readonly EpochPlace[];
}

export interface EpochPlace {
  readonly epoch: number;
  /** Just after its `epoch:end`. */
  readonly ended: number;
  /** After all that was told before the next epoch; for the last one all that there is, unless another has begun. */
  readonly place: number;
}

export function createTimeline(events: readonly TrainingEvent[]): Timeline {
  const gaps = events.map(({ time }, index) => Math.max(0, time - (events[index - 1]?.time ?? time)));
  const starts = events.flatMap(({ type }, index) => (type === "epoch:start" ? [index] : []));
  return {
    events,
    gaps,
    idle: idleGaps(events, gaps),
    start: starts[0] ?? 0,
    epochs: epochPlaces(events),
  };
}

/** Paused, between two processes, or so long that the machine must have slept. */
function idleGaps(events: readonly TrainingEvent[], gaps: readonly number[]): readonly boolean[] {
  const longest = longestUsual(events);
  let isPaused = false;
  return events.map((event, index) => {
    const isIdle = isPaused || event.type === "run:resume" || (gaps[index] ?? 0) > longest;
    if (event.type === "run:resume") isPaused = false;
    if (event.type === "control") {
      const { action } = event;
      if (action === "pause") isPaused = true;
      else if (action === "resume" || action === "step" || action === "stop") isPaused = false;
    }
    return isIdle;
  });
}

/** So many of its usual epochs a run may be silent while it trains. */
const USUAL = 20;

function longestUsual(events: readonly TrainingEvent[]): number {
  const ends = events.filter(({ type }) => type === "epoch:end").map(({ time }) => time);
  const durations = ends.slice(1).map((time, index) => time - (ends[index] ?? time));
  if (durations.length < 3) return Number.POSITIVE_INFINITY;
  return USUAL * Math.max(1, durations.sort((a, b) => a - b)[durations.length >> 1] ?? 1);
}

function epochPlaces(events: readonly TrainingEvent[]): readonly EpochPlace[] {
  const places: EpochPlace[] = [];
  let next = events.length;
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index];
    if (event?.type === "epoch:start") next = index;
    if (event?.type === "epoch:end") places.push({ epoch: event.epoch, ended: index + 1, place: next });
  }
  return places.reverse();
}

/** How many epochs have ended where so many events were played. */
export function epochsEnded({ epochs }: Timeline, played: number): number {
  let [low, high] = [0, epochs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((epochs[middle]?.ended ?? 0) <= played) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The newest epoch that was played to its end, 0 before the first. */
export function epochAt(timeline: Timeline, played: number): number {
  return timeline.epochs[epochsEnded(timeline, played) - 1]?.epoch ?? 0;
}

/** The last epoch there is, 0 where none ended. */
export function lastEpoch({ epochs }: Timeline): number {
  return epochs.at(-1)?.epoch ?? 0;
}

/** Where an epoch ends, or the last before it that did. */
export function placeOfEpoch({ epochs, start }: Timeline, epoch: number): number {
  return epochs.findLast((one) => one.epoch <= epoch)?.place ?? start;
}
