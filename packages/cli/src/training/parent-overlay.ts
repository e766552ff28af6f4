// The curves of the run that a run was forked from, where it lies beside it, and of those that it came from in turn.
import { dirname, join } from "node:path";
import type { RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import { firstX } from "@trainscope/core/history";
import { readRun, type StoredRun } from "@trainscope/runs";
import { type Overlay, overlayOf } from "@trainscope/tui/reporters";

/** Reads nothing of the run's events but `run:start`. Gives `undefined` where the run is no fork, or its parent isn't there any more. */
export async function parentOverlay(run: Pick<StoredRun, "folder" | "events">): Promise<Overlay | undefined> {
  const parent = await parentOf(run);
  return parent && (await overlayOver(parent));
}

/** What a fork of this run is drawn over; `undefined` where that has no epoch. */
export async function overlayOver(parent: StoredRun): Promise<Overlay | undefined> {
  const overlay = overlayOf(`parent ${parent.label.name ?? parent.runId}`, await lineOf(parent));
  return firstX(overlay.history) === undefined ? undefined : overlay;
}

/** The events of a run's epochs, after those that its own parents had come to before it began. */
async function lineOf(run: StoredRun): Promise<readonly TrainingEvent[]> {
  let line = run.events;
  const seen = new Set([run.runId]);
  for (let child = run; ; ) {
    const parent = await parentOf(child);
    if (parent === undefined || seen.has(parent.runId)) return line;
    seen.add(parent.runId);
    const begins = firstEpoch(child);
    line = [...parent.events.filter((event) => event.type === "epoch:end" && event.epoch < begins), ...line];
    child = parent;
  }
}

function firstEpoch({ events }: StoredRun): number {
  const first = events.find((event) => event.type === "epoch:end");
  return first?.epoch ?? (startOf(events)?.parent?.epoch ?? 0) + 1;
}

/** Without one that can't be read a run is shown all the same. */
async function parentOf({
  folder,
  events,
}: Pick<StoredRun, "folder" | "events">): Promise<StoredRun | undefined> {
  const parent = startOf(events)?.parent;
  return parent && (await readRun(join(dirname(folder), parent.runId)).catch(() => undefined));
}

function startOf(events: readonly TrainingEvent[]): RunStartEvent | undefined {
  return events.find((event) => event.type === "run:start");
}
