// The events that add values to the curves of a run, and where on its axis those are.
import type { Axis, EpochEndEvent, PointEvent, RunStartEvent, TrainingEvent } from "../events.ts";

/** What adds values to the curves of a run. */
export type ValuesEvent = EpochEndEvent | PointEvent;

/** Whether an event tells values of metrics, an epoch's or a point's. */
export function isValuesEvent(event: TrainingEvent): event is ValuesEvent {
  return event.type === "epoch:end" || event.type === "point";
}

/** Where on the run's axis the values are. */
export function xOf(event: ValuesEvent): number {
  return event.type === "point" ? event.x : event.epoch;
}

/** What the run's axis counts. */
export function axisOf(run: RunStartEvent | undefined): Axis {
  return run?.axis ?? "epoch";
}
