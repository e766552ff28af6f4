// What a comparison keeps of a run's events, gathered one by one: of an epoch its numbers, and no event.
import {
  appendEpoch,
  type ControlEvent,
  createHistory,
  type EpochEndEvent,
  type History,
  isLiveSetting,
  type RunEndEvent,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core";
import { plannedAfter } from "../run-files/planned-epochs.ts";

export interface ComparedCourse {
  readonly start: RunStartEvent | undefined;
  /** One that the run was continued after is none. */
  readonly end: RunEndEvent | undefined;
  /** Of settings. */
  readonly changes: readonly ControlEvent[];
  readonly history: History;
  /** Training and evaluation up to the end of each epoch of the history, in seconds; pauses don't count. */
  readonly seconds: readonly number[];
  /** How many epochs it is to have, 0 where the log doesn't say. */
  readonly planned: number;
}

export interface GrowingComparedCourse extends ComparedCourse {
  add(event: TrainingEvent): void;
}

export function createComparedCourse(): GrowingComparedCourse {
  const changes: ControlEvent[] = [];
  const history = createHistory();
  const seconds: number[] = [];
  const course = {
    start: undefined as RunStartEvent | undefined,
    end: undefined as RunEndEvent | undefined,
    ...{ changes, history, seconds, planned: 0 },
    add(event: TrainingEvent): void {
      course.planned = plannedAfter(course.planned, event);
      if (event.type === "run:start") course.start ??= event;
      else if (event.type === "run:end") course.end = event;
      else if (event.type === "run:resume") course.end = undefined;
      else if (event.type === "control" && isLiveSetting(event.action)) changes.push(event);
      else if (event.type === "epoch:end") addEpoch(history, seconds, event);
    },
  };
  return course;
}

/** Where a log tells an epoch twice the later counts, with all that came after the earlier. */
function addEpoch(history: History, seconds: number[], event: EpochEndEvent): void {
  const { epochs } = history;
  while ((epochs.at(-1) ?? Number.NEGATIVE_INFINITY) >= event.epoch) {
    epochs.pop();
    seconds.pop();
    for (const values of history.series.values()) values.pop();
  }
  appendEpoch(history, event);
  const { trainMs, evaluateMs } = event.timing;
  seconds.push((seconds.at(-1) ?? 0) + (Math.max(0, trainMs) + Math.max(0, evaluateMs)) / 1000);
}
