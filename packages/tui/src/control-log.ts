// What was changed in a run, kept for it to be repeated: `--controls` takes it.
import { scriptOf, type TrainingEvent } from "@trainscope/core";

export interface ControlLog {
  add(event: TrainingEvent): void;
  /** A JSON object a line: how the run began, and its controls. `undefined` where no setting was changed. */
  text(): string | undefined;
}

export function createControlLog(): ControlLog {
  const events: TrainingEvent[] = [];
  return {
    add(event) {
      if (event.type === "run:start" || event.type === "control") events.push(event);
    },
    text() {
      // A run that was only stopped is repeated by fewer epochs just as well.
      const isChanged = scriptOf(events).some(({ control }) => control.action !== "stop");
      return isChanged ? events.map((event) => `${JSON.stringify(event)}\n`).join("") : undefined;
    },
  };
}
