// What a run told last, for a viewer that has just come: it may not be in the log on the disk yet.
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import { isValuesEvent } from "@trainscope/core/history";

export interface RecentEvents {
  add(event: TrainingEvent): void;
  /** In their order; of those that a log keeps. */
  all(): readonly TrainingEvent[];
}

/** A log is brought to the disk where an epoch ends or a point is told; by so many milliseconds later it is there. */
const WRITTEN = 3000;

/** Keeps what came after the last end of an epoch that is some seconds ago, and up to twice that. */
export function createRecentEvents(now: () => number = () => performance.now()): RecentEvents {
  let older: TrainingEvent[] = [];
  let newer: TrainingEvent[] = [];
  let turned = now();
  return {
    add(event) {
      if (!isPersisted(event)) return;
      newer.push(event);
      if (!isValuesEvent(event) || now() - turned < WRITTEN) return;
      turned = now();
      older = newer;
      newer = [];
    },
    all: () => [...older, ...newer],
  };
}
