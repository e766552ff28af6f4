// The trials of one stage, some at a time: each is trained, or found in the store.
import type { Dataset, EngineFactory } from "@trainscope/core";
import type { Environment } from "@trainscope/core/events";
import type { EmitStudyEvent } from "./announcer.ts";
import { runTrial } from "./run-trial.ts";
import type { TrialStore } from "./store.ts";
import type { Trial, TrialResult } from "./trial.ts";
import { trialWork } from "./trial-work.ts";

export interface TrialPoolOptions {
  readonly datasetOf: (trial: Trial) => Dataset;
  /** An engine on so many threads. */
  readonly engine: (threads: number) => EngineFactory;
  /** In all; trials that run at the same time share them. */
  readonly threads: number;
  /** Trials at a time, at most. */
  readonly jobs: number;
  readonly store: TrialStore;
  /** What an engine here is, before one trains. */
  readonly environment: Environment;
  /** The key of what this would compute. */
  readonly keyOf: (trial: Trial, environment: Environment) => string;
  readonly emit: EmitStudyEvent;
  readonly signal: AbortSignal;
}

/**
 * The results in the order of the trials. The first that fails ends the others; those that were done are kept.
 * Several on one thread each are quicker than one after the other on several: nobody waits at a barrier.
 */
export async function runTrials(
  trials: readonly Trial[],
  options: TrialPoolOptions,
): Promise<readonly TrialResult[]> {
  const results = new Map<string, TrialResult>();
  const missing: Trial[] = [];
  for (const trial of trials) {
    const found = await options.store.load(trial, options.keyOf(trial, options.environment));
    if (found === undefined) missing.push(trial);
    else {
      results.set(trial.id, found);
      options.emit({ type: "trial:end", trial: trial.id, record: found.record, reused: true });
    }
  }
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const lanes = Math.max(1, Math.min(options.jobs, missing.length));
  const engine = options.engine(Math.max(1, Math.floor(options.threads / lanes)));
  // The longest first, so that none is left for the end by itself.
  const waiting = [...missing].sort((a, b) => workOf(b, options) - workOf(a, options)).values();

  async function runThoseWaiting(): Promise<void> {
    for (const trial of waiting) results.set(trial.id, await runOne(trial));
  }

  async function runOne(trial: Trial): Promise<TrialResult> {
    signal.throwIfAborted();
    options.emit({ type: "trial:start", trial });
    const result = await runTrial(trial, {
      dataset: options.datasetOf(trial),
      engine,
      signal,
      onEvent: (event) => options.emit({ type: "trial:event", trial: trial.id, event }),
    });
    await options.store.save(result, options.keyOf(trial, result.record.environment));
    options.emit({ type: "trial:end", trial: trial.id, record: result.record, reused: false });
    return result;
  }

  const outcomes = await Promise.allSettled(
    Array.from({ length: lanes }, () =>
      runThoseWaiting().catch((thrown) => {
        failed.abort(thrown);
        throw thrown;
      }),
    ),
  );
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return trials.map((trial) => results.get(trial.id) as TrialResult);
}

function workOf(trial: Trial, { datasetOf }: TrialPoolOptions): number {
  const { train, validation } = datasetOf(trial);
  const [trainImages, validationImages] = [train.labels.length, validation.labels.length];
  return trialWork({ epochs: trial.settings.epochs, trainImages, validationImages });
}
