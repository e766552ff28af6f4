// The weights that a run has left, in its checkpoints.

import type { Checkpoint } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { listCheckpoints, readCheckpoint } from "@trainscope/runs/checkpoints";

/** Checkpoints after whole epochs, the oldest first; of more than `most` evenly spread ones, the newest among them. */
export async function* keptWeights(folder: string, most: number): AsyncGenerator<Checkpoint> {
  const whole = (await listCheckpoints(folder)).filter(({ batch }) => batch === undefined);
  const count = Math.min(most, whole.length);
  for (let index = 0; index < count; index++) {
    const at = count === 1 ? whole.length - 1 : Math.round((index * (whole.length - 1)) / (count - 1));
    const stored = whole[at];
    if (stored !== undefined) yield await readCheckpoint(stored.path);
  }
}

export function noCheckpoints(folder: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `${folder} has no checkpoint of a whole epoch`, {
    hint: "A run saves its first one when it ends, or when `c` is typed; --checkpoint-every saves one every so many epochs.",
  });
}
