// What a dashboard is in after the events of a run made by hand, for the tests.
import type { EventBody, MetricInfo } from "@trainscope/core/events";
import { at, BUILT_IN, epochEvents, progress, runStart } from "@trainscope/core/testing";
import { addToDashboard, type DashboardEvent } from "../model/add-event.ts";
import type { Changeable } from "../model/changeable.ts";
import { type DashboardState, initialState } from "../model/state.ts";

/** A setting was changed, in the second epoch. */
export function change(action: Changeable, from: number, to: number): EventBody {
  return { type: "control", action, from, to, epoch: 2, batch: 10 };
}

export function stateAfter(events: readonly DashboardEvent[]): DashboardState {
  return events.reduce(addToDashboard, initialState());
}

/** A run of so many epochs in the middle of the next. */
export function stateOf(epochs: number, metrics: readonly MetricInfo[] = BUILT_IN): DashboardState {
  const now = 1000 * epochs;
  return stateAfter([
    at(0, runStart(metrics)),
    ...epochEvents(epochs, undefined, metrics),
    at(now, { type: "epoch:start", epoch: epochs + 1, epochs: 40 }),
    at(now + 400, progress(epochs + 1, 50)),
  ]);
}
