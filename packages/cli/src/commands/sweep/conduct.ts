// A sweep from its definition to its results: each setting is trained with every seed, or found in the folder.
import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  componentStatistics,
  type Dataset,
  type EngineFactory,
  type Environment,
  environmentOf,
  inputCount,
  predict,
  probeEngine,
  resolveSettings,
  type Trial,
  type TrialResult,
  trialKey,
} from "@trainscope/core";
import { conductSweep, type Job, rankCandidates, type SweepState } from "@trainscope/sweep";
import { createTrialStore } from "../../report/trial-store.ts";
import { plannedCandidates, type SweepDefinition, scoreOf, seedsOf, strategyOf } from "./definition.ts";
import type { EmitSweepEvent } from "./events.ts";
import { createLanes } from "./lanes.ts";
import { type CandidateResult, type SeedValues, type SweepResults, spreadOf } from "./results.ts";
import type { SweepFolder } from "./sweep-folder.ts";
import { describePoint } from "./swept-settings.ts";
import { removeCheckpoint, trainTrial } from "./train-trial.ts";

export interface RunSweepOptions {
  readonly definition: SweepDefinition;
  readonly dataset: Dataset;
  /** Of the images that are trained on and validated with. */
  readonly fingerprint: string;
  readonly folder: SweepFolder;
  /** On one thread. */
  readonly engine: EngineFactory;
  /** Trainings at a time. */
  readonly lanes: number;
  /** Of the program, for the keys under which trials are kept: what it trains may change with it. */
  readonly version: string;
  readonly emit: EmitSweepEvent;
  readonly signal: AbortSignal;
}

/**
 * The test split is read once, for the winner, when all has been chosen. Rejects with the signal's reason where it aborts,
 * and with `TRIAL_FAILED` where a trial fails; what was trained is kept.
 */
export async function runSweep(options: RunSweepOptions): Promise<SweepResults> {
  const { definition, dataset, folder, lanes, emit, signal } = options;
  const { settings, strategy: name, objective, space } = definition;
  const environment = environmentOf(await probeEngine(options.engine));
  const strategy = strategyOf(definition);
  const planned = plannedCandidates(definition);
  emit({
    type: "sweep:start",
    dataName: dataset.name,
    folder: folder.path,
    definition,
    planned: Number.isFinite(planned) ? planned : null,
    lanes,
    before: new Set(folder.issued.map(({ candidate }) => candidate)).size,
  });
  const trainer = createTrainer(options, createKeeper(options, environment));
  const state = await conductSweep({
    strategy,
    issued: folder.issued,
    ahead: strategy.readsScores ? definition.ahead : lanes + 1,
    onIssue: (job) => folder.append(job),
    run: (job, either) => trainer.score(job, either),
    signal,
  });
  const candidates = resultsOf(state, trainer.valuesOf);
  const winner = await trainer.examine(candidates[0], state);
  const results: SweepResults = {
    ...{ v: 1, dataName: dataset.name, strategy: name, objective, settings, space, candidates, winner },
  };
  return results;
}

function resultsOf(state: SweepState, valuesOf: (job: Job) => SeedValues): readonly CandidateResult[] {
  return rankCandidates(state).map((ranked, index) => {
    const values = valuesOf(ranked);
    const { candidate, point, epochs } = ranked;
    return { rank: index + 1, candidate, point, epochs, values, ...spreadOf(values) };
  });
}

type ResultOf = (job: Job, seed: number, signal: AbortSignal) => Promise<Kept>;

/** The result of a training: found under its key, or trained; whole only once it is kept. */
function createKeeper(options: RunSweepOptions, environment: Environment): ResultOf {
  const { definition, dataset, folder, engine, emit } = options;
  const { objective } = definition;
  const inLane = createLanes(options.lanes);
  const store = createTrialStore(folder.trials);
  const keyOf = (trial: Trial, on: Environment): string =>
    trialKey(trial, { dataFingerprint: options.fingerprint, version: options.version, environment: on });

  return async (job, seed, signal) => {
    const trial = trialOf(definition, job, seed);
    const key = keyOf(trial, environment);
    const before = await store.load(trial, key);
    if (before !== undefined) return { result: before, reused: true };
    return await inLane(async (lane) => {
      signal.throwIfAborted();
      const name = createHash("sha256").update(key).digest("hex").slice(0, 16);
      const checkpoint = join(folder.checkpoints, name);
      const { candidate, point, epochs } = job;
      emit({ type: "trial:start", candidate, point, seed, epochs, lane });
      const result = await trainTrial(trial, {
        ...{ dataset, engine, epochs, checkpoint, signal },
        onEpoch({ epoch, metrics }) {
          emit({ type: "trial:epoch", candidate, seed, epoch, value: metrics[objective] ?? null });
        },
      });
      await store.save(result, keyOf(trial, result.record.environment));
      if (result.record.reason !== "stopped") await removeCheckpoint(checkpoint);
      return { result, reused: false };
    });
  };
}

function createTrainer(options: RunSweepOptions, resultOf: ResultOf) {
  const { definition, dataset, emit } = options;
  const { objective } = definition;
  const values = new Map<string, SeedValues>();
  const best = new Map<number, number>();

  async function figureOf(job: Job, seed: number, signal: AbortSignal): Promise<number | null> {
    const { result, reused } = await resultOf(job, seed, signal);
    const { reason, metrics, series, milliseconds } = result.record;
    const value = reason === "diverged" ? null : (metrics[objective] ?? null);
    const { candidate, point, epochs } = job;
    const curve = series[objective] ?? [];
    emit({ type: "trial:end", candidate, point, seed, epochs, reason, value, curve, reused, milliseconds });
    return value;
  }

  return {
    valuesOf: (job: Job): SeedValues => values.get(nameOf(job)) ?? {},

    /** The mean over the seeds; `null` where one of them diverged. */
    async score(job: Job, signal: AbortSignal): Promise<number | null> {
      const seeds = seedsOf(definition);
      // None is left running behind a failure.
      const outcomes = await Promise.allSettled(seeds.map((seed) => figureOf(job, seed, signal)));
      const ofSeeds = outcomes.map((outcome) => {
        if (outcome.status === "rejected") throw outcome.reason;
        return outcome.value;
      });
      const found = Object.fromEntries(seeds.map((seed, index) => [seed, ofSeeds[index] ?? null]));
      values.set(nameOf(job), found);
      const { mean, deviation } = spreadOf(found);
      const score = mean === null ? null : scoreOf(objective, mean);
      const { candidate, point, epochs } = job;
      const isBest = score !== null && score < (best.get(epochs) ?? Number.POSITIVE_INFINITY);
      if (isBest) best.set(epochs, score);
      emit({ type: "candidate:end", candidate, point, epochs, values: found, mean, deviation, best: isBest });
      return score;
    },

    /** Accuracy on the test split of the models of every seed. */
    async examine(first: CandidateResult | undefined, { jobs }: SweepState): Promise<SweepResults["winner"]> {
      if (first === undefined || first.mean === null) return null;
      const { candidate, point, epochs } = first;
      const job = jobs.find((one) => one.candidate === candidate && one.epochs === epochs) as Job;
      const accuracies: Record<string, number> = {};
      for (const seed of seedsOf(definition)) {
        const { result } = await resultOf(job, seed, options.signal);
        accuracies[seed] = testAccuracy(result, dataset);
      }
      const { mean } = spreadOf(accuracies);
      return { candidate, point, epochs, test: { values: accuracies, mean: mean as number } };
    },
  };
}

interface Kept {
  readonly result: TrialResult;
  readonly reused: boolean;
}

function nameOf({ candidate, epochs }: Job): string {
  return `${candidate} ${epochs}`;
}

/** Its settings name it: where the same ones are tried again, whatever for, what is kept is found. */
function trialOf({ settings }: SweepDefinition, { point, epochs }: Job, seed: number): Trial {
  return {
    id: `epochs-${epochs}-seed-${seed}`,
    title: `${describePoint(point)}, seed ${seed}`,
    stage: "search",
    data: "assignment",
    settings: resolveSettings({ ...settings, ...point, seed }),
    keepsFrames: false,
  };
}

function testAccuracy({ parameters, record }: TrialResult, dataset: Dataset): number {
  const { shape, classNames, train, test } = dataset;
  const statistics = componentStatistics(train, inputCount(shape));
  const { labels } = predict(
    { parameters, statistics, shape, classNames, loss: record.trial.settings.loss },
    test.images,
  );
  const right = labels.reduce((count, label, image) => count + Number(label === test.labels[image]), 0);
  return right / labels.length;
}
