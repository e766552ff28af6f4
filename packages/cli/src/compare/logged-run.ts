// What a comparison keeps of a run's events, gathered one by one: of an epoch or a point its numbers, and no event.
import type { History } from "@trainscope/core";
import type {
  ControlEvent,
  MetricResultEvent,
  RunEndEvent,
  RunStartEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import { appendValues, createHistory, isValuesEvent } from "@trainscope/core/history";
import { isLiveSetting } from "@trainscope/core/settings";
import { plannedAfter } from "@trainscope/runs/log";
import { createRunClock, type RunClock } from "./run-clock.ts";

export interface LoggedRun {
  readonly start: RunStartEvent | undefined;
  /** One that the run was continued after is none. */
  readonly end: RunEndEvent | undefined;
  /** Of settings. */
  readonly changes: readonly ControlEvent[];
  readonly history: History;
  /** By tag the newest matrix or curves. */
  readonly results: ReadonlyMap<string, MetricResultEvent>;
  readonly clock: RunClock;
  /** How many epochs it is to have, 0 where the log doesn't say. */
  readonly planned: number;
}

export interface GrowingLoggedRun extends LoggedRun {
  add(event: TrainingEvent): void;
}

export function createLoggedRun(): GrowingLoggedRun {
  const changes: ControlEvent[] = [];
  const history = createHistory();
  const results = new Map<string, MetricResultEvent>();
  const clock = createRunClock();
  const logged = {
    start: undefined as RunStartEvent | undefined,
    end: undefined as RunEndEvent | undefined,
    changes,
    history,
    results,
    clock,
    planned: 0,
    add(event: TrainingEvent): void {
      logged.planned = plannedAfter(logged.planned, event);
      clock.add(event);
      if (isValuesEvent(event)) appendValues(history, event);
      else if (event.type === "metric:result") results.set(event.tag, event);
      else if (event.type === "run:start") logged.start ??= event;
      else if (event.type === "run:end") logged.end = event;
      else if (event.type === "run:resume") logged.end = undefined;
      else if (event.type === "control" && isLiveSetting(event.action)) changes.push(event);
    },
  };
  return logged;
}
