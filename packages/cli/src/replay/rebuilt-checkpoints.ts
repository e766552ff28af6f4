// Checkpoints of epochs that left none: a replay trains them again in the background where that is soon done, which
// gives the same bits.
import { setTimeout } from "node:timers/promises";
import type { AnyMetric, Checkpoint, Dataset } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { StoredRun } from "@trainscope/runs";
import type { StoredCheckpoint } from "@trainscope/runs/checkpoints";
import { chooseEngine } from "../input/engine.ts";
import { engineOf } from "../training/engine-of.ts";
import { rebuildCheckpoint } from "../training/rebuild-checkpoint.ts";
import { nearestCheckpoint } from "./nearest-checkpoint.ts";

export interface RebuiltCheckpoints {
  /** One that was made before. */
  kept(epoch: number): Checkpoint | undefined;
  /** `undefined` where it can't be made, would take too long, or isn't wanted any more. */
  make(epoch: number, unwanted: AbortSignal): Promise<Checkpoint | undefined>;
}

export interface RebuiltOptions {
  readonly run: StoredRun;
  readonly checkpoints: readonly StoredCheckpoint[];
  /** `undefined` where the run's images or its metrics aren't at hand. Asked at most once. */
  readonly findMeans: () => Promise<RebuildMeans | undefined>;
  /** Which one is being made; `undefined` when it is, or was given up. */
  readonly onMaking: (epoch: number | undefined) => void;
  /** Told once: what computes now otherwise than in the run, so that the last digits may be others. */
  readonly onOtherMeans: (changes: readonly string[]) => void;
  /** Told of each event of what is trained again. */
  readonly onEvent?: ((event: TrainingEvent) => void) | undefined;
}

export interface RebuildMeans {
  readonly dataset: Dataset;
  readonly metrics: readonly AnyMetric[];
}

/** Nobody waits for what takes longer, by the run's own time. */
const LONGEST_MS = 10_000;
/** Rebuilding waits so long, as whoever goes from epoch to epoch doesn't mean those between. */
const SETTLE_MS = 200;
/** Some megabyte each. */
const MOST_KEPT = 32;

export function createRebuiltCheckpoints(options: RebuiltOptions): RebuiltCheckpoints {
  const { run, checkpoints, findMeans, onMaking } = options;
  const { record } = run;
  const kept = new Map<number, Checkpoint>();
  let isCompared = false;
  let finding: Promise<RebuildMeans | undefined> | undefined;

  function keep(checkpoint: Checkpoint): void {
    kept.delete(checkpoint.epoch);
    kept.set(checkpoint.epoch, checkpoint);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  }

  function nearestKept(epoch: number): Checkpoint | undefined {
    const before = [...kept.values()].filter((one) => one.epoch <= epoch);
    return before.reduce<Checkpoint | undefined>(
      (best, one) => (best === undefined || one.epoch > best.epoch ? one : best),
      undefined,
    );
  }

  function onOtherMeans(changes: readonly string[]): void {
    if (!isCompared) options.onOtherMeans(changes);
    isCompared = true;
  }

  /** How long the run itself took from the nearest checkpoint to there. */
  function durationTo(epoch: number): number {
    const stored = nearestCheckpoint(checkpoints, epoch)?.epoch ?? 0;
    const from = Math.max(stored, nearestKept(epoch)?.epoch ?? 0);
    return run.events
      .filter((event) => event.type === "epoch:end" && event.epoch > from && event.epoch <= epoch)
      .reduce((sum, event) => sum + (event.type === "epoch:end" ? durationOf(event.timing) : 0), 0);
  }

  return {
    kept: (epoch) => kept.get(epoch),
    async make(epoch, unwanted) {
      if (record === undefined || epoch === 0 || durationTo(epoch) > LONGEST_MS) return undefined;
      try {
        await setTimeout(SETTLE_MS, undefined, { signal: unwanted });
        finding ??= findMeans();
        const means = await finding;
        if (means === undefined || unwanted.aborted) return undefined;
        const { create: engine } = chooseEngine(engineOf(record, run.events[0]));
        const nearest = nearestKept(epoch);
        onMaking(epoch);
        const handlers = { unwanted, onCheckpoint: keep, onOtherMeans, onEvent: options.onEvent };
        const rebuilt = { run, record, engine, ...means, nearest, ...handlers };
        return await rebuildCheckpoint(rebuilt, epoch);
      } catch {
        // Those of an earlier epoch are shown all the same.
        return undefined;
      } finally {
        onMaking(undefined);
      }
    },
  };
}

function durationOf({ trainMs, evaluateMs }: { readonly trainMs: number; readonly evaluateMs: number }) {
  return trainMs + evaluateMs;
}
