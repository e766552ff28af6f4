// Follows a replay with the weights of the epoch that is shown, as far as checkpoints have them.
import { type Checkpoint, messageOf } from "@trainscope/core";
import type { StoredCheckpoint } from "../run-files/checkpoints.ts";
import { nearestCheckpoint } from "./nearest-checkpoint.ts";

export interface EpochWeightsOptions {
  readonly checkpoints: readonly StoredCheckpoint[];
  readonly read: (path: string) => Promise<Checkpoint>;
  /** The checkpoint of the epoch that was asked for last. Told one after the other; the next waits for it. */
  readonly onCheckpoint: (checkpoint: Checkpoint, isStillAsked: () => boolean) => void | Promise<void>;
  /** One that can't be used, which is then passed over. */
  readonly onTrouble: (reason: string) => void;
}

export interface EpochWeights {
  /** Loads in the background. What was asked for meanwhile and isn't any more is left out. */
  follow(epoch: number): void;
  /** Resolves when what was asked for last has been told. */
  settle(): Promise<void>;
}

export function createEpochWeights(options: EpochWeightsOptions): EpochWeights {
  const { read, onCheckpoint, onTrouble } = options;
  let { checkpoints } = options;
  let asked = 0;
  let done = 0;
  let wanted = 0;
  let loaded: { readonly path: string; readonly checkpoint: Checkpoint } | undefined;
  let loading = Promise.resolve();

  async function load(): Promise<void> {
    while (done !== asked) {
      const asking = asked;
      const nearest = nearestCheckpoint(checkpoints, wanted);
      const checkpoint = nearest && (await readOnce(nearest));
      if (nearest !== undefined && checkpoint === undefined) continue;
      if (asking === asked && checkpoint) await onCheckpoint(checkpoint, () => asking === asked);
      done = asking;
    }
  }

  async function readOnce({ path }: StoredCheckpoint): Promise<Checkpoint | undefined> {
    if (loaded?.path === path) return loaded.checkpoint;
    try {
      const checkpoint = await read(path);
      loaded = { path, checkpoint };
      return checkpoint;
    } catch (error) {
      checkpoints = checkpoints.filter((one) => one.path !== path);
      onTrouble(messageOf(error));
      return undefined;
    }
  }

  return {
    follow(epoch) {
      wanted = epoch;
      if (asked++ === done) loading = load();
    },
    settle: () => loading,
  };
}
