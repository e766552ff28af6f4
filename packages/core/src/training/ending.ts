// How a run comes to its end before its last epoch is done.
import type { AlertEvent, EventBody, RunEndReason } from "../events.ts";

export interface Ending {
  readonly reason: RunEndReason;
  /** An alert says it. */
  readonly message?: string;
}

const ALERTS: Readonly<Partial<Record<RunEndReason, Pick<AlertEvent, "level" | "code">>>> = {
  "early-stop": { level: "info", code: "early-stop" },
  diverged: { level: "error", code: "diverged" },
  failed: { level: "error", code: "failed" },
};

/** The alert that says why a run ends; none where it says nothing. */
export function alertOf(ending: Ending | undefined): EventBody | undefined {
  const alert = ending && ALERTS[ending.reason];
  if (alert === undefined || ending?.message === undefined) return undefined;
  return { type: "alert", ...alert, message: ending.message };
}

/** `place` says since when, e.g. "since batch 37 of epoch 1". */
export function divergedEnding(place: string): Ending {
  return { reason: "diverged", message: `the loss is not finite ${place}: try a lower learning rate` };
}
