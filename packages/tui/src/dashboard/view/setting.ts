// Settings that can be changed while training: what they are called, and which values they may have.
import type { DashboardState } from "../model/state.ts";
import type { Changeable } from "./view.ts";

export const SETTING_NAMES: Readonly<Record<Changeable, string>> = {
  learningRate: "learning rate",
  lambda: "weight decay",
  batchSize: "batch size",
  epochs: "epochs",
};

type Progress = Pick<DashboardState, "epoch">;

/** Whether the trainer would take a value. */
export function isAllowed(setting: Changeable, value: number, state: Progress): boolean {
  if (!Number.isFinite(value)) return false;
  if (setting === "learningRate") return value > 0;
  if (setting === "lambda") return value >= 0;
  return Number.isSafeInteger(value) && value >= leastOf(setting, state);
}

/** Which values it would take, in words. */
export function rangeOf(setting: Changeable, state: Progress): string {
  if (setting === "learningRate") return "a number above 0";
  if (setting === "lambda") return "a number of at least 0";
  const least = leastOf(setting, state);
  return `a whole number of at least ${least}${setting === "epochs" && least > 1 ? ", the present epoch" : ""}`;
}

function leastOf(setting: "batchSize" | "epochs", { epoch }: Progress): number {
  return setting === "epochs" ? Math.max(1, epoch) : 1;
}
