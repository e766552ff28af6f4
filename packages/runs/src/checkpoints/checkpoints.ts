// The checkpoints in a run's folder: which there are, reading one, and removing those that are no longer kept.
import { readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Checkpoint, decodeCheckpoint } from "@trainscope/core";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { readRegular } from "../files/regular-file.ts";
import { CHECKPOINTS_FOLDER, reasonOf } from "../files/run-folder.ts";

/** A checkpoint of a run's folder. */
export interface StoredCheckpoint {
  readonly path: string;
  /** 1-based. */
  readonly epoch: number;
  /** Batches done in that epoch; `undefined` where all of it is. */
  readonly batch: number | undefined;
}

/** Told by their names, the oldest first; none where there is no such folder. */
export async function listCheckpoints(folder: string): Promise<readonly StoredCheckpoint[]> {
  const checkpoints = join(folder, CHECKPOINTS_FOLDER);
  const names = await readdir(checkpoints).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new TrainscopeError("BAD_DATA", `can't read ${checkpoints}: ${reasonOf(error)}`, { cause: error });
  });
  return names.flatMap((name) => placeIn(checkpoints, name) ?? []).sort(byPlace);
}

const NAME = /^epoch-(\d{4,})(?:-batch-(\d{4,}))?\.safetensors$/;

/** `undefined` for a file that is no checkpoint, as one that was not written to its end. */
function placeIn(checkpoints: string, name: string): StoredCheckpoint | undefined {
  const [, epoch, batch] = NAME.exec(name) ?? [];
  if (epoch === undefined) return undefined;
  return {
    path: join(checkpoints, name),
    epoch: Number(epoch),
    batch: batch === undefined ? undefined : Number(batch),
  };
}

/** A whole epoch comes after each of its batches. */
function byPlace(one: StoredCheckpoint, other: StoredCheckpoint): number {
  const [batch = Number.MAX_VALUE, otherBatch = Number.MAX_VALUE] = [one.batch, other.batch];
  return one.epoch - other.epoch || batch - otherBatch;
}

/** Throws `BAD_DATA`, which names the file, where it can't be read or is damaged. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  try {
    return await decodeCheckpoint(await readRegular(path));
  } catch (error) {
    const reason = error instanceof TrainscopeError ? messageOf(error) : reasonOf(error);
    throw new TrainscopeError("BAD_DATA", `can't use the checkpoint ${path}: ${reason}`, {
      hint: "Another checkpoint of the run may be whole.",
      cause: error,
    });
  }
}

/** What a checkpoint is called that its run didn't go on from. */
export const UNUSED = "unused-";

/**
 * Gives those behind `resumedFrom` another name, all of them where that is left out: the run goes on before them, and would
 * take them for its newest. Rejects with what the system refuses.
 */
export async function setAsideLater(folder: string, resumedFrom: string | undefined): Promise<void> {
  const found = await listCheckpoints(folder);
  const place = found.findIndex(
    ({ path }) => resumedFrom !== undefined && basename(path) === basename(resumedFrom),
  );
  for (const { path } of found.slice(place + 1)) {
    await rename(path, join(dirname(path), `${UNUSED}${basename(path)}`));
  }
}

export interface Kept {
  /** So many of the newest. */
  readonly keepLast: number;
  /** The path of the best so far. */
  readonly best: string | undefined;
  /** Paths of those that were asked for. */
  readonly pinned: ReadonlySet<string>;
}

/** Removes the others, and gives their paths. One that can't be removed stays, which does no harm. */
export async function pruneCheckpoints(
  folder: string,
  { keepLast, best, pinned }: Kept,
): Promise<readonly string[]> {
  const found = await listCheckpoints(folder);
  // The same file may be told by another way to the folder.
  const kept = new Set([...pinned, ...(best === undefined ? [] : [best])].map((path) => basename(path)));
  const old = found.slice(0, Math.max(0, found.length - keepLast)).map(({ path }) => path);
  const removed: string[] = [];
  for (const path of old.filter((one) => !kept.has(basename(one)))) {
    await rm(path, { force: true }).then(
      () => removed.push(path),
      () => {},
    );
  }
  return removed;
}
