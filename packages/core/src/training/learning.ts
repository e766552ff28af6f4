// The training itself, epoch by epoch: batches, figures, and what follows from them; and the checkpoints of it.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { Place } from "../control/script.ts";
import { takesOf } from "../data/has-features.ts";
import type { ComponentStatistics } from "../data/standardise.ts";
import type { Engine } from "../engine/engine.ts";
import type {
  CheckpointEvent,
  Environment,
  EpochEndEvent,
  EventBody,
  HookTime,
  MetricValues,
} from "../events.ts";
import type { MetricEvaluator } from "../metrics/evaluator.ts";
import { ownerOf } from "../metrics/metric-result.ts";
import { copyParameters } from "../model/linear.ts";
import { createAdviser } from "./adviser.ts";
import type { EmittedCounts } from "./announcer.ts";
import { type Checkpointer, createCheckpointer } from "./checkpointer.ts";
import { divergedEnding, type Ending } from "./ending.ts";
import { environmentOf } from "./environment.ts";
import { EpochEvaluator, type EvaluatedEpoch } from "./epoch-evaluator.ts";
import { type EpochPlan, planEpoch } from "./epoch-plan.ts";
import { createEpochReport, type EpochReport } from "./epoch-report.ts";
import { type EpochProgress, EpochTrainer } from "./epoch-trainer.ts";
import type { Figures } from "./evaluate-splits.ts";
import { createMonitor, type Monitor } from "./monitor.ts";
import { createRunController, type RunController } from "./run-controller.ts";
import type { RunAudience, RunRequests, RunTask } from "./run-options.ts";
import { type BestEpoch, type EpochFigures, startingState } from "./starting-state.ts";
import type { ValueWatch } from "./value-watch.ts";

export interface LearningOptions {
  readonly task: RunTask;
  readonly requests: RunRequests;
  readonly audience: Pick<RunAudience, "runId" | "exporters" | "now" | "signal">;
  readonly engine: Engine;
  /** Of the training split. */
  readonly statistics: ComponentStatistics;
  readonly evaluator: MetricEvaluator;
  /** None where all metrics are built in. */
  readonly valueWatch: ValueWatch | undefined;
  readonly hooks: () => readonly HookTime[];
  readonly emit: (body: EventBody) => void;
  readonly emitted: () => EmittedCounts;
  readonly end: (ending: Ending) => void;
  readonly isOver: () => boolean;
}

/** A training as it stands: the parameters are the engine's, the rest is here. */
export class Learning {
  private readonly options: LearningOptions;
  private readonly environment: Environment;
  /** The epoch that it goes on after; 0 at the beginning. */
  private readonly lastEpoch: number;
  private finished: number;
  private latest: EpochFigures;
  private best: BestEpoch | undefined;
  private engineEpoch: number | null;
  /** Of the last epoch that was finished. */
  private newest: Figures;
  /** Of the epoch that comes next. */
  private ahead: EpochPlan | undefined;
  private readonly checkpointer: Checkpointer;
  private readonly controller: RunController;
  private readonly trainer: EpochTrainer;
  private readonly evaluator: EpochEvaluator;
  private readonly report: EpochReport;
  private readonly monitor: Monitor | undefined;
  /** The metric that is monitored. */
  private readonly watched: string;

  constructor(options: LearningOptions) {
    this.options = options;
    const { task, requests, audience, engine, emit, end, isOver } = options;
    const { dataset, settings, from, history, monitored } = task;
    this.environment = environmentOf(engine);
    const { epochs, figures, best, parametersOf } = task.restored ?? startingState(settings);
    this.lastEpoch = epochs;
    this.finished = epochs;
    this.latest = figures;
    this.best = best;
    this.engineEpoch = parametersOf;
    this.newest = figures.metrics;
    this.checkpointer = createCheckpointer(requests.saveCheckpoint ?? refuseToSave, emit);
    this.controller = createRunController({
      controls: requests.controls,
      script: requests.script,
      emit,
      end,
      isOver,
      settings: from === undefined || history === undefined ? settings : from.settings,
      saveCheckpoint: (place, reason) => {
        if (reason === "asked" || requests.checkpointEvery !== undefined) this.save(place, reason);
      },
    });
    this.trainer = new EpochTrainer({
      engine,
      controller: this.controller,
      emit,
      end,
      isOver,
      images: dataset.train.labels.length,
      onUpdate: () => {
        this.engineEpoch = null;
      },
    });
    this.evaluator = new EpochEvaluator(options);
    const adviser = createAdviser(dataset.classNames.length);
    this.report = createEpochReport({ emit, adviser, hooks: options.hooks, now: audience.now });
    this.monitor = monitored && createMonitor(monitored, settings.patience);
    this.watched = monitored ? ownerOf(monitored) : "";
    for (const { event, settings: then, failed } of history?.epochs ?? []) {
      this.isBest(event.epoch, event.metrics, failed);
      adviser.add(event, then);
    }
  }

  /** All epochs, or those before the run is over. A run cut short still ends with figures of what it ends with. */
  async learn(): Promise<void> {
    const { controller } = this;
    const { task, emit } = this.options;
    const { from, history } = task;
    if (from?.isWholeEpoch && history && !(await this.endEpoch(from))) return;
    let begun = from?.isWholeEpoch ? undefined : from;
    for (let epoch = this.lastEpoch + 1; epoch <= controller.settings.epochs; epoch++) {
      const plan = this.ahead ?? this.plan(epoch);
      this.ahead = undefined;
      // An epoch that was begun before the run was continued has had its start emitted.
      const isStarted = begun !== undefined && history !== undefined;
      if (!isStarted) emit({ type: "epoch:start", epoch, epochs: controller.settings.epochs });
      const batches = await this.learnEpoch(epoch, plan, begun);
      begun = undefined;
      if (batches === undefined || !(await this.endEpoch({ epoch, batch: batches }))) return;
    }
  }

  /** To the best epoch's parameters, where those are to be kept; then all figures, the test split's among them. */
  async conclude(): Promise<Figures> {
    const { best } = this;
    const { engine, audience, emit } = this.options;
    this.report.finish();
    if (best !== undefined && !audience.signal.aborted) {
      this.latest = best.figures;
      if (this.engineEpoch !== best.epoch) await engine.load(best.parameters);
      this.engineEpoch = best.epoch;
    }
    const { metrics, whole } = await this.evaluator.evaluateTest(this.latest);
    for (const result of whole) emit({ type: "metric:result", epoch: this.latest.epoch, ...result });
    return { ...this.latest.metrics, ...metrics };
  }

  /** Waits until all checkpoints are written. */
  async settle(): Promise<void> {
    this.controller.close();
    await this.checkpointer.settle(this.options.audience.signal);
  }

  /** The newest, or those of the best epoch where it has gone back to that. */
  figures(): Figures {
    return this.latest.metrics;
  }

  /** Finished ones. */
  epochs(): number {
    return this.finished;
  }

  /** The epoch whose parameters the engine has; `null` where they are of no whole epoch. */
  parametersOf(): number | null {
    return this.engineEpoch;
  }

  /** Trains and evaluates. Gives how many batches there were; `undefined` where the run is over before its end. */
  private async learnEpoch(epoch: number, plan: EpochPlan, from?: EpochProgress): Promise<number | undefined> {
    const { audience, end, isOver } = this.options;
    const trained = await this.trainer.train(epoch, plan, from);
    const { learningRate, learningRateSum, milliseconds: trainMs } = trained;
    // It ends with the best epoch's parameters, whose figures are known.
    if (isOver() && this.best !== undefined) return;
    const start = performance.now();
    const { settings } = this.controller;
    const imagesPerSecond = trainMs > 0 ? (trained.images / trainMs) * 1000 : null;
    const conditions = { epoch, settings, learningRate, learningRateSum, imagesPerSecond };
    const isLast = this.isLast(epoch);
    const evaluated = await this.evaluator.evaluateEpoch(conditions, isLast, () => {
      if (!isLast) this.ahead = this.plan(epoch + 1);
    });
    const { metrics } = evaluated;
    if (audience.signal.aborted) return;
    this.latest = { metrics, ...conditions };
    // The last update may have done it, whose own loss nobody has seen.
    if (metrics["train/cost"] === null) end(divergedEnding(`after epoch ${epoch}`));
    if (isOver()) return;
    const timing = { trainMs, evaluateMs: performance.now() - start };
    await this.finishEpoch({ epoch, batch: trained.batches }, evaluated, timing);
    return trained.batches;
  }

  /** Tells of an epoch that is done, and saves what there is to save. */
  private async finishEpoch(
    place: Place,
    evaluated: EvaluatedEpoch,
    timing: EpochEndEvent["timing"],
  ): Promise<void> {
    const { evaluator, valueWatch, engine, audience, emit } = this.options;
    const { settings } = this.controller;
    const { metrics, whole, examination } = evaluated;
    const { epoch } = place;
    this.finished = epoch;
    this.engineEpoch = epoch;
    this.newest = metrics;
    const failed = evaluator.takeFailed();
    const isBest = this.isBest(epoch, metrics, failed);
    if (isBest && settings.keep === "best") {
      this.best = { epoch, figures: this.latest, parameters: copyParameters(engine.parameters) };
    }
    const { learningRate } = this.latest;
    this.report.tell(
      { type: "epoch:end", epoch, epochs: settings.epochs, learningRate, metrics, timing },
      settings,
      { whole, examination },
    );
    const named = [...whole.map(({ name }) => name), ...failed];
    for (const message of valueWatch?.add(metrics, named) ?? []) {
      emit({ type: "alert", level: "warning", code: "plugin", message });
    }
    this.saveEpoch(place, isBest);
    await this.checkpointer.room(audience.signal);
  }

  /** What is due between two epochs. Tells whether there is another. */
  private async endEpoch(place: Place): Promise<boolean> {
    const { controller } = this;
    const { end, isOver } = this.options;
    const earlyStopReason = this.monitor?.earlyStopReason();
    if (this.isLast(place.epoch) || earlyStopReason !== undefined) controller.settleRequests(place);
    // What was asked for may have been more epochs.
    if (this.isLast(place.epoch)) return false;
    if (earlyStopReason !== undefined) {
      end({ reason: "early-stop", message: earlyStopReason });
      return false;
    }
    controller.endEpoch(place);
    await controller.settle(place);
    return !isOver();
  }

  private saveEpoch(place: Place, isBest: boolean): void {
    const { checkpointEvery } = this.options.requests;
    if (checkpointEvery === undefined) return;
    const { epoch } = place;
    const isEnd = this.isLast(epoch) || this.monitor?.earlyStopReason() !== undefined;
    if (isEnd) this.save(place, "end", isBest);
    else if (checkpointEvery === 0) return;
    else if (epoch % checkpointEvery === 0) this.save(place, "every", isBest);
    else if (isBest) this.checkpointer.saveBest(this.take(place, "best", isBest));
  }

  private save(place: Place, reason: CheckpointEvent["reason"], isBest = false): void {
    this.checkpointer.save(this.take(place, reason, isBest));
  }

  /** The run as it stands now. */
  private take(place: Place, reason: CheckpointEvent["reason"], isBest: boolean): Checkpoint {
    const { options, best } = this;
    const { task, audience, engine, statistics } = options;
    const { dataset } = task;
    // Before what was told is counted: a metric that fails here is told of.
    const metricStates = options.evaluator.states();
    return {
      runId: audience.runId,
      reason,
      ...place,
      isWholeEpoch: this.engineEpoch === place.epoch,
      best: isBest,
      ...this.trainer.progress(),
      ...options.emitted(),
      environment: this.environment,
      settings: this.controller.settings,
      metrics: this.newest,
      metricStates,
      ...engine.copyState(),
      model: { statistics, classNames: dataset.classNames, shape: dataset.shape, ...takesOf(dataset.train) },
      bestEpoch: best
        ? { epoch: best.epoch, lambda: best.figures.settings.lambda, parameters: best.parameters }
        : null,
    };
  }

  /** Notes the monitored figure of an epoch; tells whether it is the best so far. */
  private isBest(epoch: number, metrics: MetricValues, failed: ReadonlySet<string>): boolean {
    const { monitor } = this;
    return monitor?.add(epoch, metrics[monitor.tag] ?? null, failed.has(this.watched)) ?? false;
  }

  private plan(epoch: number): EpochPlan {
    return planEpoch(this.controller.settings, this.options.task.dataset.train.labels.length, epoch);
  }

  private isLast(epoch: number): boolean {
    return epoch >= this.controller.settings.epochs;
  }
}

function refuseToSave(): never {
  throw new Error("train() was given nothing to save it with");
}
