// What a run has beside plain gradient descent at a constant rate.
import type { TrainSettings } from "@trainscope/core/settings";

const SCHEDULES: Readonly<Record<TrainSettings["schedule"]["kind"], string | null>> = {
  constant: null,
  step: "step decay",
  exponential: "exponential decay",
  cosine: "a cosine schedule",
  cyclical: "a cyclical schedule",
};

/** E.g. `mirroring` and `a cosine schedule`; empty where there is nothing. */
export function extrasOf({
  flip,
  noise,
  schedule,
}: Pick<TrainSettings, "flip" | "noise" | "schedule">): readonly string[] {
  const parts = [flip > 0 ? "mirroring" : null, noise > 0 ? "pixel noise" : null, SCHEDULES[schedule.kind]];
  return parts.filter((part) => part !== null);
}
