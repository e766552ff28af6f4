// What a teacher would say of the curves so far.
import type { AlertEvent, EpochEndEvent } from "../events.ts";
import type { TrainSettings } from "../settings.ts";

export type Advice = Pick<AlertEvent, "level" | "code" | "message">;

export interface Adviser {
  /** Looks at one more epoch; `settings` are those in force at its end. Says each thing once until it has passed. */
  add(
    event: Pick<EpochEndEvent, "epoch" | "learningRate" | "metrics">,
    settings: TrainSettings,
  ): readonly Advice[];
}

export function createAdviser(_classes: number): Adviser {
  throw new Error("to be written");
}
