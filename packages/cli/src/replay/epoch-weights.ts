// Follows a replay with the weights of the epoch that is shown, as far as checkpoints have them.
import type { Checkpoint } from "@trainscope/core";
import { messageOf } from "@trainscope/core/errors";
import type { StoredCheckpoint } from "@trainscope/runs/checkpoints";
import { nearestCheckpoint } from "./nearest-checkpoint.ts";
import type { RebuiltCheckpoints } from "./rebuilt-checkpoints.ts";

export interface EpochWeightsOptions {
  readonly checkpoints: readonly StoredCheckpoint[];
  readonly read: (path: string) => Promise<Checkpoint>;
  /** Makes checkpoints of epochs that left none; an earlier epoch's is told meanwhile. */
  readonly rebuilt?: RebuiltCheckpoints;
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
  /** Nothing is told any more. */
  close(): void;
}

export function createEpochWeights(options: EpochWeightsOptions): EpochWeights {
  const { read, rebuilt, onCheckpoint, onTrouble } = options;
  let { checkpoints } = options;
  let asked = 0;
  let done = 0;
  let wanted = 0;
  let unwanted = new AbortController();
  let loaded: { readonly path: string; readonly checkpoint: Checkpoint } | undefined;
  let loading = Promise.resolve();

  async function load(): Promise<void> {
    while (done !== asked) {
      const [asking, epoch, { signal }] = [asked, wanted, unwanted];
      const tell = async (checkpoint: Checkpoint | undefined): Promise<void> => {
        if (checkpoint && !signal.aborted) await onCheckpoint(checkpoint, () => !signal.aborted);
      };
      const nearest = nearestCheckpoint(checkpoints, epoch);
      const isExact = nearest?.epoch === epoch && nearest.batch === undefined;
      const kept = isExact ? undefined : rebuilt?.kept(epoch);
      const stored = kept === undefined && nearest ? await readOnce(nearest) : undefined;
      if (kept === undefined && nearest !== undefined && stored === undefined) continue;
      await tell(kept ?? stored);
      if (kept === undefined && !isExact && !signal.aborted) await tell(await rebuilt?.make(epoch, signal));
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
      unwanted.abort();
      unwanted = new AbortController();
      if (asked++ === done) loading = load();
    },
    settle: () => loading,
    close() {
      unwanted.abort();
      done = asked;
    },
  };
}
