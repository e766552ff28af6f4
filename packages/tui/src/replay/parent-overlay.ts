// The curves of the run that a run was forked from, where it lies beside it.
import { dirname, join } from "node:path";
import { type Overlay, overlayOf } from "../dashboard/model/overlay.ts";
import { readRun, type StoredRun } from "../run-files/read-run.ts";

/** `undefined` where the run is no fork, or its parent isn't there any more. */
export async function parentOverlay({ folder, events }: StoredRun): Promise<Overlay | undefined> {
  const start = events.find(({ type }) => type === "run:start");
  const parent = start?.type === "run:start" ? start.parent : undefined;
  if (parent === undefined) return undefined;
  const { events: told, label } = await readRun(join(dirname(folder), parent.runId));
  const overlay = overlayOf(`parent ${label.name ?? parent.runId}`, told);
  return overlay.history.epochs.length > 0 ? overlay : undefined;
}
