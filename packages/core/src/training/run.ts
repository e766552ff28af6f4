// One run, from run:start to run:end.
import type { Dataset } from "../data/dataset.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { messageOf } from "../errors.ts";
import type { EventBody, MetricInfo, TrainingEvent } from "../events.ts";
import { createMetricEvaluator } from "../metrics/evaluator.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { copyParameters, type Parameters } from "../model/linear.ts";
import type { Exporter } from "../plugins/exporter.ts";
import type { PluginFailure } from "../plugins/guard.ts";
import type { PluginLimits } from "../plugins/limits.ts";
import type { TrainSettings } from "../settings.ts";
import { createAdviser } from "./adviser.ts";
import { createAnnouncer } from "./announcer.ts";
import { createCheckpointer, type SaveCheckpoint } from "./checkpointer.ts";
import type { Controls } from "./controls.ts";
import { describeStart } from "./describe-start.ts";
import { alertOf, divergedEnding, type Ending } from "./ending.ts";
import { type EpochPlan, planEpoch } from "./epoch-plan.ts";
import { createEpochReport } from "./epoch-report.ts";
import { createEpochTrainer } from "./epoch-trainer.ts";
import { createSplitEvaluator, type Figures } from "./evaluate-split.ts";
import { beginExamination } from "./examination.ts";
import { createExaminationPace } from "./examination-pace.ts";
import { createMonitor } from "./monitor.ts";
import type { ScriptedControl } from "./script.ts";
import { startEngine } from "./start-engine.ts";
import { createSteering } from "./steering.ts";

export interface RunOptions {
  readonly dataset: Dataset;
  /** Those that the run starts with. */
  readonly settings: TrainSettings;
  /** Every metric, the built-in ones included. */
  readonly metrics: readonly AnyMetric[];
  /** What patience and keep look at, where they do. */
  readonly monitored: MetricInfo | undefined;
  readonly exporters: readonly Exporter[];
  readonly engine: EngineFactory;
  readonly controls: Controls;
  /** In the order of its places. */
  readonly script: readonly ScriptedControl[];
  readonly saveCheckpoint: SaveCheckpoint | undefined;
  /** Whether the validation split is examined, after as many epochs as a person can follow. */
  readonly examine: boolean;
  readonly runId: string;
  readonly write: (name: string, content: Uint8Array | string) => Promise<string>;
  readonly limits: PluginLimits;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly deliver: (event: TrainingEvent) => void;
}

/** The best epoch so far, where its parameters are to be kept. */
interface BestEpoch {
  readonly epoch: number;
  readonly parameters: Parameters;
  readonly figures: EpochFigures;
}

/** Figures of the parameters at hand, and the lambda that their cost was taken with. */
interface EpochFigures {
  readonly metrics: Figures;
  readonly lambda: number;
}

/** Resolves after `run:end`, or when the signal aborts. Rejects only before `run:start`. */
export async function executeRun(options: RunOptions): Promise<void> {
  const engine = await startEngine(options.engine, options.dataset, options.settings);
  try {
    await conductRun(options, engine);
  } finally {
    await engine.close();
  }
}

async function conductRun(options: RunOptions, engine: Engine): Promise<void> {
  const { dataset, signal, runId, limits, controls, examine } = options;
  const { name: dataName, classNames, shape } = dataset;
  const images = dataset.train.labels.length;
  const classes = classNames.length;

  const context = {
    runId,
    dataName,
    classNames,
    shape,
    parameters: () => engine.parameters,
    write: options.write,
  };
  const announcer = createAnnouncer({ ...options, context, onFailure });
  const { emit } = announcer;
  const evaluator = createMetricEvaluator({
    metrics: options.metrics,
    classes,
    limitMs: limits.metricMs,
    onFailure,
  });
  const hooks = () => [...evaluator.times(), ...announcer.times()];
  const monitor = options.monitored && createMonitor(options.monitored, options.settings.patience);
  const checkpointer = createCheckpointer(options.saveCheckpoint, emit);
  let ending: Ending | undefined;
  let figures: EpochFigures = { metrics: {}, lambda: options.settings.lambda };
  let newest: Figures = {};
  let epochs = 0;
  let best: BestEpoch | undefined;
  /** The epoch whose parameters the engine has; `null` where they are of no whole epoch. */
  let parametersOf: number | null = null;

  const isOver = (): boolean => ending !== undefined || signal.aborted;

  const steering = createSteering({
    settings: options.settings,
    controls,
    script: options.script,
    emit,
    end,
    isOver,
    saveCheckpoint(place, settings) {
      const parameters = copyParameters(engine.parameters);
      checkpointer.save({ runId, ...place, settings, metrics: newest, parameters });
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
  const { evaluate } = createSplitEvaluator({ dataset, engine, metrics: evaluator, signal });
  const examinations = createExaminationPace(options.now);
  const report = createEpochReport({ emit, adviser: createAdviser(classes), hooks, now: options.now });

  function onFailure({ critical, ...failure }: PluginFailure): void {
    emit({ type: "plugin:error", ...failure });
    const { plugin, hook, message } = failure;
    if (critical) {
      end({ reason: "failed", message: `the critical plugin "${plugin}" failed in ${hook}: ${message}` });
    }
  }

  /** The first reason stands. A run that is paused hears of it too. */
  function end(reason: Ending): void {
    ending ??= reason;
    controls.wake();
  }

  /** All epochs, or those before the run is over. A run cut short still ends with figures of what it ends with. */
  async function learn(): Promise<void> {
    let ahead: EpochPlan | undefined;
    for (let epoch = 1; epoch <= steering.settings.epochs; epoch++) {
      const plan = ahead ?? planEpoch(steering.settings, images, epoch);
      emit({ type: "epoch:start", epoch, epochs: steering.settings.epochs });
      const { batches, learningRate, milliseconds: trainMs } = await trainer.train(epoch, plan);
      // It ends with the best epoch's parameters, whose figures are known.
      if (isOver() && best !== undefined) return;
      const start = performance.now();
      const { settings } = steering;
      const { lambda } = settings;
      const trainFigures = evaluate("train", lambda);
      // While the engine's threads evaluate.
      ahead = epoch < settings.epochs ? planEpoch(settings, images, epoch + 1) : undefined;
      const isExamined = examine && examinations.isDue(controls.mode, epoch >= settings.epochs);
      const examination = isExamined ? beginExamination(classes) : undefined;
      const metrics = {
        ...(await trainFigures),
        ...(await evaluate("validation", lambda, examination?.update)),
      };
      if (signal.aborted) return;
      figures = { metrics, lambda };
      // The last update may have done it, whose own loss nobody has seen.
      if (metrics["train/cost"] === null) end(divergedEnding(`after epoch ${epoch}`));
      if (isOver()) return;

      epochs = epoch;
      parametersOf = epoch;
      newest = metrics;
      const isBest = monitor?.add(epoch, metrics[monitor.tag] ?? null);
      if (isBest && settings.keep === "best") {
        best = { epoch, figures, parameters: copyParameters(engine.parameters) };
      }
      const timing = { trainMs, evaluateMs: performance.now() - start };
      report.tell(
        { type: "epoch:end", epoch, epochs: settings.epochs, learningRate, metrics, timing },
        settings,
        examination?.result(),
      );
      const place = { epoch, batch: batches };
      const impatience = monitor?.impatience(epoch);
      const isLast = (): boolean => epoch >= steering.settings.epochs;
      if (isLast() || impatience !== undefined) steering.settleRequests(place);
      if (isLast()) return;
      if (impatience !== undefined) return end({ reason: "early-stop", message: impatience });
      steering.endEpoch(place);
      await steering.settle(place);
      if (isOver()) return;
    }
  }

  async function goBackToBest(): Promise<void> {
    if (best === undefined || signal.aborted) return;
    figures = best.figures;
    if (parametersOf !== best.epoch) await engine.load(best.parameters);
    parametersOf = best.epoch;
  }

  announcer.start(describeStart(options, engine));
  if (engine.notice !== undefined)
    emit({ type: "alert", level: "warning", code: "engine", message: engine.notice });
  let metrics: Figures = {};
  try {
    await learn();
    report.finish();
    await goBackToBest();
    metrics = { ...figures.metrics, ...(await evaluate("test", figures.lambda)) };
  } catch (thrown) {
    metrics = figures.metrics;
    end({ reason: "failed", message: messageOf(thrown) });
  }
  const describeEnd = (): EventBody => ({
    type: "run:end",
    reason: ending?.reason ?? "completed",
    metrics,
    epochs,
    keptEpoch: parametersOf,
    plugins: hooks(),
  });
  const reported = ending;
  tellEnding();
  steering.close();
  await checkpointer.settle(signal);
  // Exporters hear of the end before anyone else, so that what they write is told within the run.
  if (!signal.aborted) await announcer.finishExporters(describeEnd());
  announcer.close();
  // A critical exporter may have failed as late as that.
  if (ending !== reported) tellEnding();
  emit(describeEnd());

  function tellEnding(): void {
    const alert = alertOf(ending);
    if (alert !== undefined) emit(alert);
  }
}
