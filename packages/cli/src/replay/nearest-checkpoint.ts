// Which checkpoint has the weights of an epoch, or the nearest before it.
import type { StoredCheckpoint } from "@trainscope/runs/checkpoints";

/**
 * The newest at or before the end of that epoch; one after a whole epoch before any that was taken within one, since the
 * log has no figures for those. `undefined` where there is none.
 */
export function nearestCheckpoint(
  checkpoints: readonly StoredCheckpoint[],
  epoch: number,
): StoredCheckpoint | undefined {
  const before = checkpoints.filter((one) => one.epoch <= epoch);
  return before.findLast(({ batch }) => batch === undefined) ?? before.at(-1);
}
