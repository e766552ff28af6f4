// Where a stored run can be taken up again: its newest checkpoint that is whole and that its log leads to.
import { join } from "node:path";
import type { Checkpoint } from "@trainscope/core";
import { isTrainscopeError } from "@trainscope/core/errors";
import { rebuildHistory } from "@trainscope/core/training";
import type { StoredRun } from "@trainscope/runs";
import { listCheckpoints, readCheckpoint } from "@trainscope/runs/checkpoints";
import { CHECKPOINTS_FOLDER } from "@trainscope/runs/files";
import { PARENT_CHECKPOINT } from "./open-run.ts";

export interface ResumePoint {
  readonly checkpoint: Checkpoint;
  readonly path: string;
}

export interface FoundResumePoint {
  /** `undefined` where the run is to be begun anew. */
  readonly resumePoint: ResumePoint | undefined;
  /** Why newer checkpoints can't be used, a sentence each. */
  readonly problems: readonly string[];
}

/** `atMost`: of no later epoch's end. */
export async function findResumePoint(
  { folder, events }: StoredRun,
  atMost = Number.POSITIVE_INFINITY,
): Promise<FoundResumePoint> {
  const problems: string[] = [];
  const stored = await listCheckpoints(folder);
  for (const { path, epoch } of stored.toReversed()) {
    if (epoch > atMost) continue;
    try {
      const checkpoint = await readCheckpoint(path);
      rebuildHistory({ checkpoint, events });
      return { resumePoint: { checkpoint, path }, problems };
    } catch (error) {
      if (!isTrainscopeError(error)) throw error;
      problems.push(error.message);
    }
  }
  return { resumePoint: undefined, problems };
}

/** What a fork began from. Throws `BAD_DATA` where it is damaged or gone. */
export async function readParentCheckpoint(folder: string): Promise<Checkpoint> {
  return await readCheckpoint(join(folder, CHECKPOINTS_FOLDER, PARENT_CHECKPOINT));
}
