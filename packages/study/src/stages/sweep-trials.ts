// The trials of one stage, some at a time, as a sweep: each is found in the store, or trained.
import type { Dataset, EngineFactory } from "@trainscope/core";
import type { Environment } from "@trainscope/core/events";
import { type Job, type RankedCandidate, rankCandidates, runSweep, type Strategy } from "@trainscope/sweep";
import { type TrialStore, trainTrial } from "@trainscope/sweep/trial";
import type { EmitStudyEvent } from "./announcer.ts";
import { soundLoss } from "./optional-results.ts";
import { trialSeconds } from "./stages.ts";
import type { StudyTrial, StudyTrialResult } from "./trial.ts";

export interface SweptTrials {
  /** In the order of the trials. */
  readonly results: readonly StudyTrialResult[];
  /** The least validation loss first; what diverged stands last. A candidate is a trial's place. */
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

/**
 * The first that fails ends the others; those that were done are kept. Several on one thread each are quicker than one
 * after the other on several: nobody waits at a barrier. What the store has takes no share of the threads.
 */
export async function sweepTrials(
  trials: readonly StudyTrial[],
  options: SweepTrialsOptions,
): Promise<SweptTrials> {
  const { signal, datasetOf } = options;
  const jobs = trials.map(({ settings: { epochs } }, candidate): Job => ({ candidate, point: {}, epochs }));
  const results = await findTrials(trials, options);
  const missing = jobs.filter(({ candidate }) => results[candidate] === undefined);
  const lanes = Math.max(1, Math.min(options.jobs, missing.length));
  const engine = options.engine(Math.max(1, Math.floor(options.threads / lanes)));
  const seconds = trials.map((trial) => trialSeconds(datasetOf(trial), trial.settings.epochs));
  const secondsOf = ({ candidate }: Job): number => seconds[candidate] as number;
  await runSweep({
    // The longest first, so that none is left for the end by itself.
    strategy: inOrder(missing.toSorted((a, b) => secondsOf(b) - secondsOf(a))),
    ahead: lanes,
    onIssue: () => {},
    async run({ candidate }, either) {
      const result = await trainOne(trials[candidate] as StudyTrial, engine, { ...options, signal: either });
      results[candidate] = result;
      return soundLoss(result.record);
    },
    signal,
  });
  const trained = results as readonly StudyTrialResult[];
  return {
    results: trained,
    ranked: rankCandidates({ jobs, scores: trained.map(({ record }) => soundLoss(record)) }),
  };
}

/** At the place of each trial what the store has of it. */
async function findTrials(
  trials: readonly StudyTrial[],
  { store, keyOf, environment, emit, signal }: SweepTrialsOptions,
): Promise<(StudyTrialResult | undefined)[]> {
  const results: (StudyTrialResult | undefined)[] = [];
  for (const trial of trials) {
    signal.throwIfAborted();
    const found = await store.load(trial, keyOf(trial, environment));
    results.push(found);
    if (found) emit({ type: "trial:end", trial: trial.id, record: found.record, reused: true });
  }
  return results;
}

async function trainOne(
  trial: StudyTrial,
  engine: EngineFactory,
  { datasetOf, store, keyOf, emit, signal }: SweepTrialsOptions,
): Promise<StudyTrialResult> {
  emit({ type: "trial:start", trial });
  const result = await trainTrial(trial, {
    dataset: datasetOf(trial),
    engine,
    signal,
    onEvent: (event) => emit({ type: "trial:event", trial: trial.id, event }),
  });
  await store.save(result, keyOf(trial, result.record.environment));
  emit({ type: "trial:end", trial: trial.id, record: result.record, reused: false });
  return result;
}

function inOrder(planned: readonly Job[]): Strategy {
  return { readsScores: false, next: ({ jobs }) => planned[jobs.length] };
}
