// The trials of one stage, some at a time, as a sweep: each is trained, or found in the store.
import type { Dataset, EngineFactory } from "@trainscope/core";
import type { Environment } from "@trainscope/core/events";
import {
  conductSweep,
  createTaskPool,
  type Job,
  type RankedCandidate,
  rankCandidates,
  type Strategy,
} from "@trainscope/sweep";
import { type TrialStore, trainTrial } from "@trainscope/sweep/trial";
import type { EmitStudyEvent } from "./announcer.ts";
import { soundLoss } from "./optional-results.ts";
import type { StudyTrial, StudyTrialResult } from "./trial.ts";

/** What is to be trained, as which trials. */
export interface TrialSweep {
  readonly strategy: Strategy;
  /** As many as the strategy asks for, each for a candidate of its own. */
  readonly count: number;
  readonly trialOf: (job: Job) => StudyTrial;
}

export interface SweptTrials {
  /** In the order of their candidates. */
  readonly results: readonly StudyTrialResult[];
  /** The least validation loss first; what diverged stands last. */
  readonly ranked: readonly RankedCandidate[];
}

export interface SweepTrialsOptions {
  readonly datasetOf: (trial: StudyTrial) => Dataset;
  /** An engine on so many threads. */
  readonly engine: (threads: number) => EngineFactory;
  /** In all; trials that run at the same time share them. */
  readonly threads: number;
  /** Trials at a time, at most. */
  readonly jobs: number;
  readonly store: TrialStore<StudyTrial>;
  /** What an engine here is, before one trains. */
  readonly environment: Environment;
  /** The key of what this would compute. */
  readonly keyOf: (trial: StudyTrial, environment: Environment) => string;
  readonly emit: EmitStudyEvent;
  readonly signal: AbortSignal;
}

/** Trials that are planned beforehand, begun in this order. */
export function listed(trials: readonly StudyTrial[]): TrialSweep {
  return {
    count: trials.length,
    trialOf: ({ candidate }) => trials[candidate] as StudyTrial,
    strategy: {
      readsScores: false,
      next({ jobs: { length: candidate } }) {
        const trial = trials[candidate];
        return trial && { candidate, point: {}, epochs: trial.settings.epochs };
      },
    },
  };
}

/**
 * The first that fails ends the others; those that were done are kept. Several on one thread each are quicker than one
 * after the other on several: nobody waits at a barrier.
 */
export async function sweepTrials(
  { strategy, count, trialOf }: TrialSweep,
  options: SweepTrialsOptions,
): Promise<SweptTrials> {
  const { store, keyOf, emit, signal } = options;
  const lanes = Math.min(options.jobs, count);
  const engine = options.engine(Math.max(1, Math.floor(options.threads / lanes)));
  const results: StudyTrialResult[] = [];

  const pool = createTaskPool<StudyTrial, StudyTrialResult>(lanes, async (trial, { signal: either }) => {
    const { result } = await trainTrial(trial, {
      dataset: options.datasetOf(trial),
      engine,
      signal: either,
      onEvent: (event) => emit({ type: "trial:event", trial: trial.id, event }),
    });
    await store.save(result, keyOf(trial, result.record.environment));
    return result;
  });

  async function findOrTrain(trial: StudyTrial, either: AbortSignal): Promise<StudyTrialResult> {
    const found = await store.load(trial, keyOf(trial, options.environment));
    const result =
      found ??
      (await pool.run(trial.id, trial, {
        signal: either,
        onStart: () => emit({ type: "trial:start", trial }),
        onProgress: () => {},
      }));
    emit({ type: "trial:end", trial: trial.id, record: result.record, reused: found !== undefined });
    return result;
  }

  const state = await conductSweep({
    strategy,
    // The pool has them wait: what is found needs no lane.
    ahead: count,
    onIssue: () => {},
    async run(job, either) {
      const result = await findOrTrain(trialOf(job), either);
      results[job.candidate] = result;
      return soundLoss(result.record);
    },
    signal,
  });
  return { results, ranked: rankCandidates(state) };
}
