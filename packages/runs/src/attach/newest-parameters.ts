// The model of a run that another process trains, from the newest of its checkpoints that can be read.
import type { ShownEvent } from "@trainscope/core/source";
import { listCheckpoints, readCheckpoint } from "../checkpoints/checkpoints.ts";

export interface NewestParameters {
  /** Gives the model where there is a newer one than at the last call; `undefined` else. Never rejects. */
  look(): Promise<Extract<ShownEvent, { type: "parameters" }> | undefined>;
  /** The next call gives the newest there is. */
  forget(): void;
}

/** One may be removed while it is being read, or be damaged: then one before it is shown. */
const MOST_TRIED = 3;

export function createNewestParameters(folder: string): NewestParameters {
  let newest: string | undefined;
  return {
    async look() {
      const found = await listCheckpoints(folder).catch(() => []);
      if (found.at(-1)?.path === newest) return undefined;
      newest = found.at(-1)?.path;
      for (const { path } of found.slice(-MOST_TRIED).reverse()) {
        const checkpoint = await readCheckpoint(path).catch(() => undefined);
        if (checkpoint !== undefined) {
          return { type: "parameters", epoch: checkpoint.epoch, values: checkpoint.parameters };
        }
      }
      return undefined;
    },
    forget() {
      newest = undefined;
    },
  };
}
