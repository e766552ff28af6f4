// Saves checkpoints while training goes on.
import { messageOf } from "../errors.ts";
import type { EventBody, MetricValues } from "../events.ts";
import type { Parameters } from "../model/linear.ts";
import type { TrainSettings } from "../settings.ts";

/** A run as it stood between two batches. */
export interface Checkpoint {
  readonly runId: string;
  readonly epoch: number;
  /** Batches done in that epoch. */
  readonly batch: number;
  /** In force there. */
  readonly settings: TrainSettings;
  /** Of the newest epoch that was finished; empty before the first. */
  readonly metrics: MetricValues;
  /** A copy. */
  readonly parameters: Parameters;
}

/** Writes a checkpoint and gives its path. The run does not end before it is done. */
export type SaveCheckpoint = (checkpoint: Checkpoint) => Promise<string>;

export interface Checkpointer {
  /** Begins to save. Tells of it when it is done, or has failed. */
  save(checkpoint: Checkpoint): void;
  /** Waits until all that has begun is done, or the signal aborts. */
  settle(signal: AbortSignal): Promise<void>;
}

export function createCheckpointer(
  save: SaveCheckpoint | undefined,
  emit: (body: EventBody) => void,
): Checkpointer {
  const pending = new Set<Promise<void>>();

  async function attempt(checkpoint: Checkpoint): Promise<void> {
    const { epoch } = checkpoint;
    try {
      if (save === undefined) throw new Error("train() was given nothing to save it with");
      emit({ type: "checkpoint", epoch, path: await save(checkpoint), best: false });
    } catch (thrown) {
      const message = `the checkpoint of epoch ${epoch} was not saved: ${messageOf(thrown)}`;
      emit({ type: "alert", level: "warning", code: "checkpoint", message });
    }
  }

  return {
    save(checkpoint) {
      const saved = attempt(checkpoint).finally(() => pending.delete(saved));
      pending.add(saved);
    },
    async settle(signal) {
      const { promise: aborted, resolve } = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (!signal.aborted) await Promise.race([aborted, Promise.all(pending)]);
    },
  };
}
