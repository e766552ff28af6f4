import type { TrainingEvent } from "@trainscope/core/events";

/** How many epochs a run is to have after an event, where it was to have so many before; 0 where nothing says. */
export function plannedAfter(planned: number, event: TrainingEvent): number {
  if (event.type === "run:start") return event.config.epochs ?? planned;
  if (event.type === "epoch:start" || event.type === "epoch:end") return event.epochs;
  const isChange = event.type === "control" && event.action === "epochs" && typeof event.to === "number";
  return isChange ? Number(event.to) : planned;
}
