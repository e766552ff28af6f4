// Another run's curves, drawn beneath those of the run that is shown.
import type { History } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { appendValues, createHistory, isValuesEvent } from "@trainscope/core/history";

/** A curve of another run, drawn below a run's own. */
export interface Overlay {
  /** In the legend. */
  readonly label: string;
  /** Doesn't change any more. */
  readonly history: History;
}

/** The curves of a run, from its events. */
export function overlayOf(label: string, events: readonly TrainingEvent[]): Overlay {
  const history = createHistory();
  for (const event of events) if (isValuesEvent(event)) appendValues(history, event);
  return { label, history };
}
