// Settings that were changed while the run went on, and where that lies among the epochs.
import type { ControlEvent } from "@trainscope/core/events";
import { CHANGEABLE, type Changeable } from "./changeable.ts";
import type { DashboardState } from "./state.ts";

export interface Change {
  /** In epochs: 2.5 is the middle of the third. */
  readonly at: number;
  readonly setting: Changeable;
  readonly from: ControlEvent["from"];
  readonly to: ControlEvent["to"];
}

/** In the order they were made. */
export function changesOf({ controls, run }: Pick<DashboardState, "controls" | "run">): Change[] {
  let batchSize = run?.config.batchSize ?? 1;
  const images = run?.data?.train ?? 0;
  return controls.flatMap(({ action, from, to, epoch, batch }) => {
    const setting = CHANGEABLE.find((name) => name === action);
    if (setting === undefined) return [];
    const batches = Math.max(1, Math.ceil(images / batchSize));
    if (setting === "batchSize" && typeof to === "number" && to > 0) batchSize = to;
    return [{ at: epoch - 1 + Math.min(1, batch / batches), setting, from, to }];
  });
}
