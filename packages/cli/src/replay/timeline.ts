// A run's log as a replay sees it: how long it was from event to event, and where each epoch ends, or each step was told
// of. Pure.
import type { Axis, RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import { axisOf, isValuesEvent, xOf } from "@trainscope/core/history";

export interface Timeline {
  readonly events: readonly TrainingEvent[];
  /** Milliseconds of the run before each event. */
  readonly gaps: readonly number[];
  /** Whether nobody trained in that time. */
  readonly idle: readonly boolean[];
  readonly axis: Axis;
  /** Before the first epoch: where a replay starts. A place is the number of events that were played. */
  readonly start: number;
  /** Those that ended, or that a point told of, in their order. */
  readonly epochs: readonly EpochPlace[];
}

export interface EpochPlace {
  /** Or step, or a part of an epoch; rising. */
  readonly epoch: number;
  /** Just after its `epoch:end`, or its first point. */
  readonly ended: number;
  /** After all that was told before the next epoch; for the last one all that there is, unless another has begun. */
  readonly place: number;
}

export function createTimeline(events: readonly TrainingEvent[]): Timeline {
  const gaps = hasTimes(events) ? gapsOf(events) : evenGaps(events);
  const starts = events.flatMap(({ type }, index) => (type === "epoch:start" ? [index] : []));
  return {
    events,
    gaps,
    axis: axisOf(events.find((event): event is RunStartEvent => event.type === "run:start")),
    idle: idleGaps(events, gaps),
    start: starts[0] ?? firstValues(events),
    epochs: epochPlaces(events),
  };
}

/** Whether its values were told at more than one moment; of an imported log nobody may know when. */
function hasTimes(events: readonly TrainingEvent[]): boolean {
  const first = events.find(isValuesEvent);
  return first === undefined || events.some((event) => isValuesEvent(event) && event.time !== first.time);
}

function gapsOf(events: readonly TrainingEvent[]): readonly number[] {
  return events.map(({ time }, index) => Math.max(0, time - (events[index - 1]?.time ?? time)));
}

/** Without times the run takes a second from point to point, and no more than so long in all. */
const [EVEN_MS, LONGEST_MS] = [1000, 200_000];

function evenGaps(events: readonly TrainingEvent[]): readonly number[] {
  const count = events.filter(isValuesEvent).length;
  const gap = Math.min(EVEN_MS, LONGEST_MS / count);
  const first = events.findIndex(isValuesEvent);
  return events.map((event, index) => (isValuesEvent(event) && index > first ? gap : 0));
}

/** Where no epoch begins. */
function firstValues(events: readonly TrainingEvent[]): number {
  return Math.max(0, events.findIndex(isValuesEvent));
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

/** A run may be silent for so many of its usual epochs while it trains. */
const USUAL = 20;
/** From point to point, between which it may be evaluated, it may be silent for at least so long. */
const USUAL_MS = 60_000;

function longestUsual(events: readonly TrainingEvent[]): number {
  const ends = events.filter(isValuesEvent).map(({ time }) => time);
  const isPointed = events.some(({ type }) => type === "point");
  const durations = ends.slice(1).map((time, index) => time - (ends[index] ?? time));
  if (durations.length < 3) return Number.POSITIVE_INFINITY;
  const longest = USUAL * Math.max(1, durations.sort((a, b) => a - b)[durations.length >> 1] ?? 1);
  return isPointed ? Math.max(USUAL_MS, longest) : longest;
}

/** What one split tells behind another, or of the same x, belongs to the newest place. */
function epochPlaces(events: readonly TrainingEvent[]): readonly EpochPlace[] {
  const places: { epoch: number; ended: number; place: number }[] = [];
  let isOpen = false;
  events.forEach((event, index) => {
    const newest = places.at(-1);
    const isNew =
      event.type === "epoch:end" ||
      (event.type === "point" && event.x > (newest?.epoch ?? Number.NEGATIVE_INFINITY));
    if (event.type === "epoch:start" || isNew) isOpen = false;
    if (isNew && isValuesEvent(event)) {
      places.push({ epoch: xOf(event), ended: index + 1, place: index + 1 });
      isOpen = true;
    } else if (isOpen && newest !== undefined) newest.place = index + 1;
  });
  return places;
}

/** How many epochs have ended, or steps been told of, where so many events were played. */
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
