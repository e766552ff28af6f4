// Checkpoints on their way to the disk: named after their places, and of the older ones none but those worth keeping.
import { basename } from "node:path";
import { type Checkpoint, encodeCheckpoint, type SaveCheckpoint } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { RunFolder } from "../files/run-folder.ts";
import { pruneCheckpoints } from "./checkpoints.ts";

export interface CheckpointStoreOptions {
  readonly folder: RunFolder;
  /** So many of the newest, beside the best so far and those that were asked for. */
  readonly keepLast: number;
  /** What the run has told before it was continued. */
  readonly past: readonly TrainingEvent[];
  /** Waits until the log has all that was told before a checkpoint; `false` where it could not be written. */
  readonly flushLog: () => Promise<boolean>;
}

/**
 * Writes checkpoints to the run's folder, each whole or not at all, and removes those that needn't be kept.
 */
export function createCheckpointStore({
  folder,
  keepLast,
  past,
  flushLog,
}: CheckpointStoreOptions): SaveCheckpoint {
  const written = past.filter((event) => event.type === "checkpoint");
  const pinned = new Set(written.filter(({ reason }) => reason === "asked").map(({ path }) => basename(path)));
  const bestWritten = written.findLast(({ best }) => best);
  let best = bestWritten && basename(bestWritten.path);
  /** The newest that the log leads to: until it can be written again, no other can be gone on from. */
  let reached = written.map(({ path }) => basename(path)).slice(-keepLast);

  return async (checkpoint) => {
    const bytes = await encodeCheckpoint(checkpoint);
    const isReached = await flushLog();
    const name = nameOf(checkpoint);
    const path = await folder.writeCheckpoint(name, bytes);
    if (checkpoint.reason === "asked") pinned.add(name);
    if (checkpoint.best) best = name;
    if (isReached) reached = [...reached, name].slice(-keepLast);
    await pruneCheckpoints(folder.path, { keepLast, best, pinned: new Set([...pinned, ...reached]) });
    return path;
  };
}

function nameOf({ epoch, batch, isWholeEpoch }: Checkpoint): string {
  const within = isWholeEpoch ? "" : `-batch-${fourDigits(batch)}`;
  return `epoch-${fourDigits(epoch)}${within}.safetensors`;
}

/** So that names sort as their places do. */
function fourDigits(number: number): string {
  return String(number).padStart(4, "0");
}
