// Settings that can be changed while training: what they are called, and which values they may have.
import { describeLiveRange, isLiveValue } from "@trainscope/core/settings";
import type { Changeable } from "../model/changeable.ts";
import type { DashboardState } from "../model/state.ts";

export const SETTING_NAMES: Readonly<Record<Changeable, string>> = {
  learningRate: "learning rate",
  lambda: "L2 penalty",
  batchSize: "batch size",
  epochs: "epochs",
};

type Progress = Pick<DashboardState, "epoch">;

/** Whether the trainer would take a value. */
export function isAllowed(setting: Changeable, value: number, { epoch }: Progress): boolean {
  return isLiveValue(setting, value) && (setting !== "epochs" || value >= epoch);
}

/** Which values it would take, in words. */
export function rangeOf(setting: Changeable, { epoch }: Progress): string {
  if (setting !== "epochs" || epoch <= 1) return describeLiveRange(setting);
  return `a whole number of at least ${epoch}, the present epoch`;
}
