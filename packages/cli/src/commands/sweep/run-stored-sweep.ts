// A sweep from its definition to its results: each setting is trained with every seed, or found in the folder.
import { componentStatistics, type Dataset, type EngineFactory, inputCount, predict } from "@trainscope/core";
import { isTrainscopeError } from "@trainscope/core/errors";
import { resolveSettings } from "@trainscope/core/settings";
import {
  createTaskPool,
  type Job,
  rankCandidates,
  runSweep,
  type Score,
  type SweepState,
  type TaskQueue,
} from "@trainscope/sweep";
import type { TrialResult } from "@trainscope/sweep/trial";
import { plannedCandidates, type SweepDefinition, scoreOf, seedsOf, strategyOf } from "./definition.ts";
import type { EmitSweepEvent } from "./events.ts";
import { openLiveDefinition } from "./live-edit.ts";
import { type OutcomeLog, openOutcomeLog } from "./outcome-log.ts";
import { type CandidateResult, type Figure, type SweepResults, type SweepSoFar, spreadOf } from "./results.ts";
import type { SweepFolder } from "./sweep-folder.ts";
import { describePoint } from "./swept-settings.ts";
import { type TrialOutcome, type TrialTask, taskKey } from "./trial-task.ts";
import { createTrialWork, type TrialWork } from "./trial-work.ts";

export interface StoredSweepOptions {
  readonly definition: SweepDefinition;
  readonly dataset: Dataset;
  /** Of the images that are trained on and validated with. */
  readonly fingerprint: string;
  readonly folder: SweepFolder;
  /** On one thread. */
  readonly engine: EngineFactory;
  /** Trainings at a time, in this process. */
  readonly lanes: number;
  /** Who trains instead. */
  readonly queue?: QueueOfSweep;
  /** Of the program, for the keys under which trials are kept: what it trains may change with it. */
  readonly version: string;
  readonly emit: EmitSweepEvent;
  /** To be said to the user. */
  readonly tell: (line: string) => void;
  /** Called before it rejects for the signal, with what there is by then; not where no setting has come back. */
  readonly onStopped?: (soFar: SweepSoFar) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface QueueOfSweep extends TaskQueue<TrialTask, TrialOutcome> {
  /** For people. */
  readonly where: string;
}

/** Settings that are queued at a time, where none depends on another's result: as much as a hundred machines ask for. */
const QUEUED = 1_000;

/**
 * The test split is read once, for the winner, when all has been chosen. Rejects with the signal's reason where it aborts,
 * and with `TRIAL_FAILED` where a trial fails; what was trained is kept.
 */
export async function runStoredSweep(options: StoredSweepOptions): Promise<SweepResults> {
  const { definition, dataset, folder, lanes, queue, emit, signal } = options;
  const { settings, strategy: name, objective } = definition;
  const { trials, checkpoints, runs } = folder;
  const work = await createTrialWork({ dataset, engine: options.engine, trials, checkpoints, runs });
  const log = await openOutcomeLog(folder.path);
  emit({
    type: "sweep:start",
    dataName: dataset.name,
    folder: folder.path,
    definition,
    planned: plannedOf(definition),
    lanes: queue === undefined ? lanes : 0,
    ...(queue && { queue: queue.where }),
    before: new Set(folder.issued.map(({ candidate }) => candidate)).size,
  });
  const trainer = createTrainer(options, work, createKeeper(options, { work, log }));
  const search = createSearch(options);
  const found = (state: SweepState): SweepSoFar => ({
    v: 1,
    dataName: dataset.name,
    strategy: name,
    objective,
    settings,
    space: search.definition.space,
    candidates: resultsOf(state, trainer.figureOf),
  });
  try {
    const state = await runSweep({
      strategy: search.strategy,
      issued: folder.issued,
      ahead: search.strategy.readsScores ? definition.ahead : queue === undefined ? lanes + 1 : QUEUED,
      onIssue: (job) => folder.append(job),
      run: (job, either) => trainer.score(job, either),
      hasMore: search.hasMore,
      signal,
    });
    const results = found(state);
    return { ...results, winner: await trainer.examine(results.candidates[0], state) };
  } catch (thrown) {
    if (signal.aborted && trainer.scored.jobs.length > 0) await options.onStopped?.(found(trainer.scored));
    throw thrown;
  } finally {
    search.close();
  }
}

function plannedOf(definition: SweepDefinition): number | null {
  const planned = plannedCandidates(definition);
  return Number.isFinite(planned) ? planned : null;
}

/** What is searched, and how: as it is edited meanwhile. */
function createSearch({ definition, folder, emit, tell }: StoredSweepOptions) {
  let strategy = strategyOf(definition);
  let [isAsked, isExhausted] = [true, false];
  const live = openLiveDefinition({
    folder,
    definition,
    tell,
    onEdit(edited) {
      strategy = strategyOf(edited);
      [isAsked, isExhausted] = [false, false];
      emit({ type: "sweep:edit", definition: edited, planned: plannedOf(edited) });
    },
  });
  return {
    get definition() {
      return live.current;
    },
    strategy: {
      // Stays, since the strategy's name does.
      readsScores: strategy.readsScores,
      next(state: SweepState) {
        isAsked = true;
        if (isExhausted) return undefined;
        const job = strategy.next(state);
        // Looking for another in a space that has no more takes long.
        isExhausted = job === undefined && !strategy.readsScores;
        return job;
      },
    },
    /** Where it hasn't, nothing is taken up any more: whoever asks later goes on with the folder. */
    async hasMore(): Promise<boolean> {
      await live.look();
      if (isAsked) live.close();
      return !isAsked;
    },
    close: live.close,
  };
}

type FoundFigure = Figure & Pick<CandidateResult, "deviation">;

function resultsOf(state: SweepState, figureOf: (job: Job) => FoundFigure): readonly CandidateResult[] {
  return rankCandidates(state).map((ranked, index) => {
    const { candidate, point, epochs } = ranked;
    return { rank: index + 1, candidate, point, epochs, ...figureOf(ranked) };
  });
}

type OutcomeOf = (job: Job, seed: number, signal: AbortSignal) => Promise<TrialOutcome>;

interface Kept {
  readonly work: TrialWork;
  /** What came from a queue, in this process or an earlier one. */
  readonly log: OutcomeLog;
}

/**
 * What a training comes to: found under its key, or trained; whole only once it is kept. Settings that are written differently
 * may be the same training, which is done once for all.
 */
function createKeeper(options: StoredSweepOptions, { work, log }: Kept): OutcomeOf {
  const { definition, lanes, emit } = options;
  const { objective } = definition;
  const queue = options.queue ?? createTaskPool(lanes, work.perform);
  const laneOf = createLaneNumbers();
  const underWay = new Map<string, Promise<TrialOutcome>>();

  async function findOrTrain(task: TrialTask, { candidate, point, epochs }: Job, signal: AbortSignal) {
    const { seed } = task.settings;
    const key = taskKey(task);
    const before = log.find(key) ?? (await work.find(task));
    if (before !== undefined) return { ...before, reused: true };
    const outcome = await queue.run(key, task, {
      signal,
      onStart: (worker) =>
        emit({
          type: "trial:start",
          candidate,
          point,
          seed,
          epochs,
          lane: laneOf(worker),
          ...(options.queue && { worker }),
        }),
      onProgress: ({ reached, values }) =>
        emit({ type: "trial:epoch", candidate, seed, epoch: reached, value: values[objective] ?? null }),
    });
    if (options.queue !== undefined) await log.keep(key, outcome);
    return outcome;
  }

  return async (job, seed, signal) => {
    const task = taskOf(options, job, seed);
    const key = taskKey(task);
    const shared = underWay.get(key);
    if (shared !== undefined) return { ...(await shared), reused: true };
    const outcome = findOrTrain(task, job, signal).finally(() => underWay.delete(key));
    underWay.set(key, outcome);
    return await outcome;
  };
}

/** Workers, counted from 1 as they come up. */
function createLaneNumbers(): (worker: string) => number {
  const known = new Map<string, number>();
  return (worker) => {
    const lane = known.get(worker) ?? known.size + 1;
    known.set(worker, lane);
    return lane;
  };
}

function createTrainer(options: StoredSweepOptions, work: TrialWork, outcomeOf: OutcomeOf) {
  const { definition, dataset, emit } = options;
  const { objective } = definition;
  const figures = new Map<string, FoundFigure>();
  const scored: { readonly jobs: Job[]; readonly scores: Score[] } = { jobs: [], scores: [] };
  const best = new Map<number, number>();

  async function outcomeValue(job: Job, seed: number, signal: AbortSignal): Promise<number | null | "lost"> {
    const { candidate, point, epochs } = job;
    try {
      const outcome = await outcomeOf(job, seed, signal);
      const { reason, milliseconds, reused, environment } = outcome;
      // Those of other machines are found where the store is shared.
      const { series = {} } = outcome.series
        ? outcome
        : ((await work.find(taskOf(options, job, seed), environment)) ?? {});
      const value = reason === "diverged" ? null : outcome.values[objective];
      const curve = series[objective] ?? [];
      emit({ type: "trial:end", candidate, point, seed, epochs, reason, value, curve, reused, milliseconds });
      return value;
    } catch (thrown) {
      if (!isTrainscopeError(thrown) || thrown.code !== "TRIAL_LOST") throw thrown;
      emit({ type: "trial:lost", candidate, point, seed, epochs, message: thrown.message });
      return "lost";
    }
  }

  /** One that is in a store of a worker's own is trained here once more, as models don't travel. */
  async function modelOf(task: TrialTask, { environment }: TrialOutcome, signal: AbortSignal) {
    const before = await work.load(task, environment);
    if (before !== undefined) return before;
    await work.perform(task, { signal, onProgress: () => {} });
    return (await work.load(task)) as TrialResult;
  }

  return {
    /** In the order in which they came back. */
    scored,

    /** Of a job that has been scored. */
    figureOf: (job: Job) => figures.get(nameOf(job)) as FoundFigure,

    /** The mean over the seeds; `null` where one of them diverged or was lost. */
    async score(job: Job, signal: AbortSignal): Promise<number | null> {
      const seeds = seedsOf(definition);
      // None is left running behind a failure.
      const outcomes = await Promise.allSettled(seeds.map((seed) => outcomeValue(job, seed, signal)));
      const ofSeeds = outcomes.map((outcome) => {
        if (outcome.status === "rejected") throw outcome.reason;
        return outcome.value;
      });
      const lost = seeds.filter((_, index) => ofSeeds[index] === "lost");
      const values = Object.fromEntries(
        ofSeeds.map((value, index) => [seeds[index], value === "lost" ? null : value]),
      );
      const { mean, deviation } = spreadOf(values);
      figures.set(nameOf(job), { values, lost, mean, deviation });
      const score = mean === null ? null : scoreOf(objective, mean);
      const { candidate, point, epochs } = job;
      const isBest = score !== null && score < (best.get(epochs) ?? Number.POSITIVE_INFINITY);
      if (isBest) best.set(epochs, score);
      scored.jobs.push(job);
      scored.scores.push(score);
      emit({ type: "candidate:end", candidate, point, epochs, values, lost, mean, deviation, best: isBest });
      return score;
    },

    /** Accuracy on the test split of the models of every seed. */
    async examine(first: CandidateResult | undefined, { jobs }: SweepState): Promise<SweepResults["winner"]> {
      if (first === undefined || first.mean === null) return null;
      const { candidate, point, epochs } = first;
      const job = jobs.find((one) => one.candidate === candidate && one.epochs === epochs) as Job;
      const accuracies: Record<string, number> = {};
      for (const seed of seedsOf(definition)) {
        const outcome = await outcomeOf(job, seed, options.signal);
        const task = taskOf(options, job, seed);
        accuracies[seed] = testAccuracy(await modelOf(task, outcome, options.signal), dataset);
      }
      const { mean } = spreadOf(accuracies);
      return { candidate, point, epochs, test: { values: accuracies, mean: mean as number } };
    },
  };
}

function nameOf({ candidate, epochs }: Job): string {
  return `${candidate} ${epochs}`;
}

function taskOf(options: StoredSweepOptions, { point, epochs }: Job, seed: number): TrialTask {
  const { definition, dataset, fingerprint, version } = options;
  return {
    v: 1,
    program: version,
    dataName: dataset.name,
    fingerprint,
    epochs,
    title: `${describePoint(point)}, seed ${seed}`,
    settings: resolveSettings({ ...definition.settings, ...point, seed }),
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
