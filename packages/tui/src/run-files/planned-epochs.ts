import type { TrainingEvent } from "@trainscope/core";

/** How many epochs a run is to have, as the newest event says, else the settings; `null` where nothing does. */
export function plannedEpochs(events: readonly TrainingEvent[], ofSettings: number | undefined): number | null {
  let planned = ofSettings ?? 0;
  for (const event of events) {
    if (event.type === "run:start") planned = event.config.epochs ?? planned;
    else if (event.type === "epoch:start" || event.type === "epoch:end") planned = event.epochs;
    else if (event.type === "control" && event.action === "epochs") planned = Number(event.to);
  }
  return planned > 0 ? planned : null;
}
