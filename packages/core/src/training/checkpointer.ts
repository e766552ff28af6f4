// Saves checkpoints while training goes on, one at a time, in the order in which they were taken.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { messageOf } from "../errors.ts";
import type { EventBody } from "../events.ts";

/** Writes a checkpoint and gives its path. The run does not end before it is done. */
export type SaveCheckpoint = (checkpoint: Checkpoint) => Promise<string>;

export interface Checkpointer {
  /**
   * Begins to save, as soon as those before are saved. Tells of it when it is done, or has begun to fail. Of those that
   * were asked for one may wait: another that comes meanwhile takes its place.
   */
  save(checkpoint: Checkpoint): void;
  /** Waits, where many wait for a slow disk, until another may come: memory is bounded, and none is left out. */
  room(signal: AbortSignal): Promise<void>;
  /**
   * Saves the best so far: before any other that comes, and else once a while has passed since the last of them.
   * Another that comes meanwhile takes its place.
   */
  saveBest(checkpoint: Checkpoint): void;
  /** Waits until all is saved, or the signal aborts. */
  settle(signal: AbortSignal): Promise<void>;
}

/** From one checkpoint of the best so far to the next: at first each epoch is better than all before. */
const BEST_INTERVAL_MS = 1000;

/** More than a disk falls behind with where not every quick epoch is to be saved. Of CIFAR-10 each takes 0.25 MB. */
const MOST_WAITING = 16;

function isRoutine({ reason }: Checkpoint): boolean {
  return reason === "every" || reason === "best";
}

/** `now` gives milliseconds. */
export function createCheckpointer(
  save: SaveCheckpoint,
  emit: (body: EventBody) => void,
  now: () => number = () => performance.now(),
): Checkpointer {
  /** Taken, and not begun to be saved. */
  const waiting: Checkpoint[] = [];
  let saving: Promise<void> | undefined;
  let best: Checkpoint | undefined;
  let bestAt = Number.NEGATIVE_INFINITY;
  /** Resolved whenever one less waits. */
  let hasRoom = Promise.withResolvers<void>();
  /** The one before was not saved. */
  let isInTrouble = false;

  async function attempt(checkpoint: Checkpoint): Promise<void> {
    const { epoch, batch, reason, best } = checkpoint;
    try {
      emit({ type: "checkpoint", epoch, batch, reason, best, path: await save(checkpoint) });
      isInTrouble = false;
    } catch (thrown) {
      // A disk that is full stays so for long: said again only of those that somebody waits for.
      const isNews = !isInTrouble || !isRoutine(checkpoint);
      isInTrouble = true;
      const message = `the checkpoint of epoch ${epoch} was not saved: ${messageOf(thrown)}`;
      if (isNews) emit({ type: "alert", level: "warning", code: "checkpoint", message });
    }
  }

  function begin(checkpoint: Checkpoint): void {
    const older = waiting.findIndex(({ reason }) => reason === "asked");
    if (checkpoint.reason === "asked" && older >= 0) waiting.splice(older, 1);
    waiting.push(checkpoint);
    saving ??= saveWaiting().finally(() => {
      saving = undefined;
    });
  }

  async function saveWaiting(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await attempt(next);
      hasRoom.resolve();
    }
  }

  function beginBest(): void {
    if (best === undefined) return;
    bestAt = now();
    begin(best);
    best = undefined;
  }

  return {
    save(checkpoint) {
      // One that is itself the best takes the place of those before.
      if (checkpoint.best) best = undefined;
      beginBest();
      begin(checkpoint);
    },
    saveBest(checkpoint) {
      best = checkpoint;
      if (now() - bestAt >= BEST_INTERVAL_MS) beginBest();
    },
    async room(signal) {
      while (waiting.length >= MOST_WAITING && !signal.aborted) {
        hasRoom = Promise.withResolvers();
        await orAborted(hasRoom.promise, signal);
      }
    },
    async settle(signal) {
      beginBest();
      await orAborted(saving, signal);
    },
  };
}

async function orAborted(promise: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<void>();
  const stopWaiting = (): void => aborted.resolve();
  signal.addEventListener("abort", stopWaiting, { once: true });
  await Promise.race([aborted.promise, promise]);
  signal.removeEventListener("abort", stopWaiting);
}
