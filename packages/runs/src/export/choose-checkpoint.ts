// Which of a run's checkpoints is meant.
import { basename } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import type { CheckpointEvent } from "@trainscope/core/events";
import { listCheckpoints, type StoredCheckpoint } from "../checkpoints/checkpoints.ts";
import { readRun } from "../listing/read-run.ts";
import type { Wanted } from "./wanted.ts";

/** Throws `BAD_OPTION`, with the epochs that there are, where the run in the folder has no such checkpoint. */
export async function chooseCheckpoint(folder: string, wanted: Wanted): Promise<StoredCheckpoint> {
  const found = await listCheckpoints(folder);
  const chosen = wanted === "best" ? await best(folder, found) : found.findLast((one) => isWanted(one, wanted));
  if (chosen !== undefined) return chosen;
  const what =
    typeof wanted === "number" ? `of epoch ${wanted}` : wanted === "best" ? "of a best epoch" : "at all";
  const there = found.length === 0 ? "" : `; it has those of epoch ${found.map(placeOf).join(", ")}`;
  throw new TrainscopeError("BAD_OPTION", `${folder} has no checkpoint ${what}${there}`, {
    hint:
      found.length === 0
        ? "A run saves its first one when it ends, or when `c` is typed."
        : "Name one of these.",
  });
}

function isWanted({ epoch, batch }: StoredCheckpoint, wanted: number | "last"): boolean {
  return wanted === "last" || (epoch === wanted && batch === undefined);
}

/** The log says which they were; the newest of them that is kept. */
async function best(folder: string, found: readonly StoredCheckpoint[]): Promise<StoredCheckpoint | undefined> {
  const { events } = await readRun(folder);
  const names = events
    .filter((event): event is CheckpointEvent => event.type === "checkpoint" && event.best)
    .map(({ path }) => basename(path));
  return found.findLast(({ path }) => names.includes(basename(path)));
}

/** "12", "13 after batch 34" */
export function placeOf({ epoch, batch }: StoredCheckpoint): string {
  return batch === undefined ? String(epoch) : `${epoch} after batch ${batch}`;
}
