// The training itself, epoch by epoch: batches, figures, and what follows from them; and the checkpoints of it.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { ComponentStatistics } from "../data/standardise.ts";
import type { Engine } from "../engine/engine.ts";
import type { CheckpointEvent, EventBody, HookTime } from "../events.ts";
import type { MetricEvaluator } from "../metrics/evaluator.ts";
import { ownerOf } from "../metrics/metric-result.ts";
import { copyParameters } from "../model/linear.ts";
import { createAdviser } from "./adviser.ts";
import type { Told } from "./announcer.ts";
import { createCheckpointer } from "./checkpointer.ts";
import { divergedEnding, type Ending } from "./ending.ts";
import { environmentOf } from "./environment.ts";
import { type EpochPlan, planEpoch } from "./epoch-plan.ts";
import { createEpochReport } from "./epoch-report.ts";
import { createEpochTrainer, type EpochStanding } from "./epoch-trainer.ts";
import { createSplitEvaluator, type Figures } from "./evaluate-split.ts";
import { beginExamination } from "./examination.ts";
import { createExaminationPace } from "./examination-pace.ts";
import { createMonitor } from "./monitor.ts";
import { recollect } from "./recollection.ts";
import type { RunOptions } from "./run-options.ts";
import type { Place } from "./script.ts";
import { createSteering } from "./steering.ts";
import { createValueWatch } from "./value-watch.ts";

export interface LearningOptions extends RunOptions {
  readonly running: Engine;
  /** Of the training split. */
  readonly statistics: ComponentStatistics;
  readonly evaluator: MetricEvaluator;
  readonly hooks: () => readonly HookTime[];
  readonly emit: (body: EventBody) => void;
  readonly told: () => Told;
  readonly end: (ending: Ending) => void;
  readonly isOver: () => boolean;
}

export interface Learning {
  /** All epochs, or those before the run is over. A run cut short still ends with figures of what it ends with. */
  learn(): Promise<void>;
  /** To the best epoch's parameters, where those are to be kept; then all figures, the test split's among them. */
  conclude(): Promise<Figures>;
  /** Waits until all checkpoints are written. */
  settle(): Promise<void>;
  /** The newest, or those of the best epoch where it has gone back to that. */
  figures(): Figures;
  /** Finished ones. */
  epochs(): number;
  /** The epoch whose parameters the engine has; `null` where they are of no whole epoch. */
  parametersOf(): number | null;
}

export function createLearning(options: LearningOptions): Learning {
  const { dataset, signal, runId, controls, emit, end, isOver, running: engine, from, past } = options;
  const environment = environmentOf(engine);
  const model = { statistics: options.statistics, classNames: dataset.classNames, shape: dataset.shape };
  const images = dataset.train.labels.length;
  const classes = dataset.classNames.length;
  const { epochs: lastEpoch, ...recollected } = recollect(from, past, options.settings);
  let epochs = lastEpoch;
  let { figures, best, parametersOf } = recollected;
  let newest = figures.metrics;
  /** Of the epoch that comes next. */
  let ahead: EpochPlan | undefined;

  const checkpointer = createCheckpointer(options.saveCheckpoint ?? refuseToSave, emit);
  const steering = createSteering({
    settings: from === undefined || past === undefined ? options.settings : from.settings,
    controls,
    script: options.script,
    emit,
    end,
    isOver,
    saveCheckpoint(place, reason) {
      if (reason === "asked" || options.checkpointEvery !== undefined) checkpointer.save(take(place, reason));
    },
  });
  const trainer = createEpochTrainer({
    engine,
    images,
    steering,
    emit,
    end,
    isOver,
    onUpdate() {
      parametersOf = null;
    },
  });
  const { evaluate } = createSplitEvaluator({ dataset, engine, metrics: options.evaluator, signal });
  const examinations = createExaminationPace(options.now);
  /** What one writes mustn't depend on how fast epochs go by. */
  const isExporterExamining = options.exporters.some(({ examine = false }) => examine);
  const adviser = createAdviser(classes);
  const report = createEpochReport({ emit, adviser, hooks: options.hooks, now: options.now });

  const valueWatch = createValueWatch(options.metrics, past?.events);
  const monitor = options.monitored && createMonitor(options.monitored, options.settings.patience);
  const watched = options.monitored ? ownerOf(options.monitored) : "";
  for (const { event, settings, failed } of past?.epochs ?? []) {
    monitor?.add(event.epoch, event.metrics[monitor.tag] ?? null, failed.has(watched));
    adviser.add(event, settings);
  }

  /** The run as it stands now. */
  function take(place: Place, reason: CheckpointEvent["reason"], isBest = false): Checkpoint {
    // Before what was told is counted: a metric that fails here is told of.
    const metricStates = options.evaluator.states();
    return {
      ...{ runId, reason, ...place, isWholeEpoch: parametersOf === place.epoch, best: isBest },
      ...trainer.standing(),
      ...options.told(),
      environment,
      settings: steering.settings,
      metrics: newest,
      metricStates,
      ...engine.copyState(),
      model,
      bestEpoch: best
        ? { epoch: best.epoch, lambda: best.figures.settings.lambda, parameters: best.parameters }
        : null,
    };
  }

  function isLast(epoch: number): boolean {
    return epoch >= steering.settings.epochs;
  }

  function saveEpoch(place: Place, isBest: boolean): void {
    const { checkpointEvery } = options;
    if (checkpointEvery === undefined) return;
    const { epoch } = place;
    const isEnd = isLast(epoch) || monitor?.impatience() !== undefined;
    if (isEnd) checkpointer.save(take(place, "end", isBest));
    else if (checkpointEvery === 0) return;
    else if (epoch % checkpointEvery === 0) checkpointer.save(take(place, "every", isBest));
    else if (isBest) checkpointer.saveBest(take(place, "best", isBest));
  }

  /** Trains and evaluates. Gives how many batches there were; `undefined` where the run is over before its end. */
  async function learnEpoch(epoch: number, plan: EpochPlan, from?: EpochStanding): Promise<number | undefined> {
    const trained = await trainer.train(epoch, plan, from);
    const { batches, learningRate, learningRateSum, milliseconds: trainMs } = trained;
    // It ends with the best epoch's parameters, whose figures are known.
    if (isOver() && best !== undefined) return;
    const start = performance.now();
    const { settings } = steering;
    const imagesPerSecond = trainMs > 0 ? (trained.images / trainMs) * 1000 : null;
    const conditions = { epoch, settings, learningRate, learningRateSum, imagesPerSecond };
    const ofTrain = evaluate("train", conditions);
    // While the engine's threads evaluate.
    if (!isLast(epoch)) ahead = planEpoch(settings, images, epoch + 1);
    const isExamined =
      isExporterExamining || (options.examine() && examinations.isDue(controls.mode, isLast(epoch)));
    const examination = isExamined ? beginExamination(classes) : undefined;
    const results = [await ofTrain, await evaluate("validation", conditions, examination?.update)];
    const metrics: Figures = Object.assign({}, ...results.map(({ values }) => values));
    if (signal.aborted) return;
    figures = { metrics, ...conditions };
    // The last update may have done it, whose own loss nobody has seen.
    if (metrics["train/cost"] === null) end(divergedEnding(`after epoch ${epoch}`));
    if (isOver()) return;

    epochs = epoch;
    parametersOf = epoch;
    newest = metrics;
    const failed = options.evaluator.takeFailed();
    const isBest = monitor?.add(epoch, metrics[monitor.tag] ?? null, failed.has(watched)) ?? false;
    if (isBest && settings.keep === "best") {
      best = { epoch, figures, parameters: copyParameters(engine.parameters) };
    }
    const timing = { trainMs, evaluateMs: performance.now() - start };
    const whole = results.flatMap((result) => result.whole);
    report.tell(
      { type: "epoch:end", epoch, epochs: settings.epochs, learningRate, metrics, timing },
      settings,
      { whole, examination: examination?.result() },
    );
    const named = [...whole.map(({ name }) => name), ...failed];
    for (const message of valueWatch.add(metrics, named)) {
      emit({ type: "alert", level: "warning", code: "plugin", message });
    }
    saveEpoch({ epoch, batch: batches }, isBest);
    await checkpointer.room(signal);
    return batches;
  }

  /** What is due between two epochs. Tells whether there is another. */
  async function endEpoch(place: Place): Promise<boolean> {
    const { epoch } = place;
    const impatience = monitor?.impatience();
    if (isLast(epoch) || impatience !== undefined) steering.settleRequests(place);
    if (isLast(epoch)) return false;
    if (impatience !== undefined) {
      end({ reason: "early-stop", message: impatience });
      return false;
    }
    steering.endEpoch(place);
    await steering.settle(place);
    return !isOver();
  }

  return {
    async learn() {
      if (from?.isWholeEpoch && past && !(await endEpoch(from))) return;
      let begun = from?.isWholeEpoch ? undefined : from;
      for (let epoch = lastEpoch + 1; epoch <= steering.settings.epochs; epoch++) {
        const plan = ahead ?? planEpoch(steering.settings, images, epoch);
        ahead = undefined;
        // One that was begun before the run was continued has told of its start.
        const isTold = begun !== undefined && past !== undefined;
        if (!isTold) emit({ type: "epoch:start", epoch, epochs: steering.settings.epochs });
        const batches = await learnEpoch(epoch, plan, begun);
        begun = undefined;
        if (batches === undefined || !(await endEpoch({ epoch, batch: batches }))) return;
      }
    },
    async conclude() {
      report.finish();
      if (best !== undefined && !signal.aborted) {
        figures = best.figures;
        if (parametersOf !== best.epoch) await engine.load(best.parameters);
        parametersOf = best.epoch;
      }
      const { values, whole } = await evaluate("test", figures);
      for (const result of whole) emit({ type: "metric:result", epoch: figures.epoch, ...result });
      return { ...figures.metrics, ...values };
    },
    async settle() {
      steering.close();
      await checkpointer.settle(signal);
    },
    figures: () => figures.metrics,
    epochs: () => epochs,
    parametersOf: () => parametersOf,
  };
}

function refuseToSave(): never {
  throw new Error("train() was given nothing to save it with");
}
