// One run, from run:start to run:end.
import type { Dataset, Split } from "../data/dataset.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { messageOf } from "../errors.ts";
import type { AlertEvent, EventBody, MetricInfo, RunEndReason, TrainingEvent } from "../events.ts";
import { createMetricEvaluator } from "../metrics/evaluator.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { copyParameters, type Parameters } from "../model/linear.ts";
import type { Exporter } from "../plugins/exporter.ts";
import type { PluginFailure } from "../plugins/guard.ts";
import type { PluginLimits } from "../plugins/limits.ts";
import type { TrainSettings } from "../settings.ts";
import { createAnnouncer } from "./announcer.ts";
import type { Controls } from "./controls.ts";
import { describeStart } from "./describe-start.ts";
import { type EpochPlan, planEpoch } from "./epoch-plan.ts";
import { createMonitor } from "./monitor.ts";
import { createPacer } from "./pace.ts";
import { createProgressMeter } from "./progress.ts";
import { startEngine } from "./start-engine.ts";

export interface RunOptions {
  readonly dataset: Dataset;
  readonly settings: TrainSettings;
  /** Every metric, the built-in ones included. */
  readonly metrics: readonly AnyMetric[];
  /** What patience and keep look at, where they do. */
  readonly monitored: MetricInfo | undefined;
  readonly exporters: readonly Exporter[];
  readonly engine: EngineFactory;
  readonly controls: Controls;
  readonly runId: string;
  readonly write: (name: string, content: Uint8Array | string) => Promise<string>;
  readonly limits: PluginLimits;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly deliver: (event: TrainingEvent) => void;
}

type Values = Record<string, number | null>;

/** Why the run ends before its last epoch is done. */
interface Ending {
  readonly reason: RunEndReason;
  /** An alert says it. */
  readonly message?: string;
}

/** The best epoch so far, where its parameters are to be kept. */
interface BestEpoch {
  readonly epoch: number;
  readonly parameters: Parameters;
  readonly metrics: Values;
}

const ALERTS: Readonly<Partial<Record<RunEndReason, Pick<AlertEvent, "level" | "code">>>> = {
  "early-stop": { level: "info", code: "early-stop" },
  diverged: { level: "error", code: "diverged" },
  failed: { level: "error", code: "failed" },
};

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
  const { dataset, settings, signal, runId, limits, controls } = options;
  const { name: dataName, classNames, shape } = dataset;
  const images = dataset.train.labels.length;

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
    classes: classNames.length,
    limitMs: limits.metricMs,
    onFailure,
  });
  const trainingPacer = createPacer();
  const evaluationPacer = createPacer();
  const meter = createProgressMeter();
  const monitor = options.monitored && createMonitor(options.monitored, settings.patience);
  let ending: Ending | undefined;
  let metrics: Values = {};
  let epochs = 0;
  let best: BestEpoch | undefined;
  /** The epoch whose parameters the engine has; `null` where they are of no whole epoch. */
  let parametersOf: number | null = null;

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

  const isOver = (): boolean => ending !== undefined || signal.aborted;

  /** Waits while paused; tells each change of mode with the place it came at. */
  async function settleControls(epoch: number, batch: number): Promise<void> {
    await controls.settle((change) => emit({ type: "control", ...change, epoch, batch }), isOver);
    if (controls.mode === "stopping") end({ reason: "stopped" });
    if (controls.failure !== undefined) {
      end({ reason: "failed", message: `the control stream failed: ${messageOf(controls.failure.thrown)}` });
    }
  }

  async function evaluate(split: Split): Promise<Values> {
    const pass = evaluator.begin(split);
    const rows = dataset[split].labels.length;
    const step = engine.evaluationRows;
    let row = 0;
    while (row < rows && !signal.aborted) {
      const chunks = evaluationPacer.pieces(step, Math.ceil((rows - row) / step));
      const end = Math.min(row + chunks * step, rows);
      await evaluationPacer.work(end - row, async () => {
        let next = engine.evaluate(split, row, Math.min(row + step, end));
        while (row < end) {
          const evaluation = await next;
          row += evaluation.size;
          // The engine goes on while the metrics look at what it has made.
          if (row < end) next = engine.evaluate(split, row, Math.min(row + step, end));
          pass.update(evaluation, engine, settings.lambda);
        }
      });
    }
    return pass.results();
  }

  /** Trains the epoch's batches, or those before the run is over; gives the milliseconds that it took. */
  async function trainEpoch(epoch: number, plan: EpochPlan): Promise<number> {
    const { batchSize, lambda } = settings;
    let trainMs = 0;
    let batch = 0;
    while (batch < plan.batches) {
      await settleControls(epoch, batch);
      if (isOver()) break;

      const first = batch;
      batch += trainingPacer.pieces(batchSize, plan.batches - first);
      const count = Math.min(batch * batchSize, images) - first * batchSize;
      let lossSum = 0;
      parametersOf = null;
      const elapsed = await trainingPacer.work(count, async () => {
        lossSum = await engine.trainBatches({ ...plan, batchSize, first, end: batch, lambda });
      });
      trainMs += elapsed;
      if (!Number.isFinite(lossSum)) endDiverged(`by batch ${batch} of epoch ${epoch}`);
      const progress = meter.add(count, lossSum, elapsed);
      if (progress) emit({ type: "progress", epoch, batch, batches: plan.batches, ...progress });
    }
    return trainMs;
  }

  function endDiverged(place: string): void {
    end({ reason: "diverged", message: `the loss is not finite ${place}: try a lower learning rate` });
  }

  /** All epochs, or those before the run is over. A run cut short still ends with figures of what it ends with. */
  async function learn(): Promise<void> {
    let nextPlan = planEpoch(settings, images, 1);
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      const plan = nextPlan;
      emit({ type: "epoch:start", epoch, epochs: settings.epochs });
      const trainMs = await trainEpoch(epoch, plan);
      // It ends with the best epoch's parameters, whose figures are known.
      if (isOver() && best !== undefined) return;
      const start = performance.now();
      const trainValues = evaluate("train");
      // While the engine's threads evaluate.
      if (epoch < settings.epochs) nextPlan = planEpoch(settings, images, epoch + 1);
      const values = { ...(await trainValues), ...(await evaluate("validation")) };
      if (signal.aborted) return;
      metrics = values;
      // The last update may have done it, whose own loss nobody has seen.
      if (metrics["train/cost"] === null) endDiverged(`after epoch ${epoch}`);
      if (isOver()) return;

      epochs = epoch;
      parametersOf = epoch;
      const isBest = monitor?.add(epoch, metrics[monitor.tag] ?? null);
      if (isBest && settings.keep === "best") {
        best = { epoch, metrics, parameters: copyParameters(engine.parameters) };
      }
      const learningRate = plan.learningRates[plan.batches - 1] as number;
      const timing = { trainMs, evaluateMs: performance.now() - start };
      emit({ type: "epoch:end", epoch, epochs: settings.epochs, learningRate, metrics, timing });
      if (epoch === settings.epochs) return;
      const impatience = monitor?.impatience(epoch);
      if (impatience !== undefined) return end({ reason: "early-stop", message: impatience });
      controls.endEpoch((change) => emit({ type: "control", ...change, epoch, batch: plan.batches }));
      await settleControls(epoch, plan.batches);
      if (isOver()) return;
    }
  }

  async function goBackToBest(): Promise<void> {
    if (best === undefined || signal.aborted) return;
    metrics = best.metrics;
    if (parametersOf !== best.epoch) await engine.load(best.parameters);
    parametersOf = best.epoch;
  }

  announcer.start(describeStart(options, engine));
  if (engine.notice !== undefined)
    emit({ type: "alert", level: "warning", code: "engine", message: engine.notice });
  try {
    await learn();
    await goBackToBest();
    metrics = { ...metrics, ...(await evaluate("test")) };
  } catch (thrown) {
    end({ reason: "failed", message: messageOf(thrown) });
  }
  const describeEnd = (): EventBody => ({
    type: "run:end",
    reason: ending?.reason ?? "completed",
    metrics,
    epochs,
    keptEpoch: parametersOf,
    plugins: [...evaluator.times(), ...announcer.times()],
  });
  const reported = ending;
  tellEnding();
  // Exporters hear of the end before anyone else, so that what they write is told within the run.
  if (!signal.aborted) await announcer.finishExporters(describeEnd());
  announcer.close();
  // A critical exporter may have failed as late as that.
  if (ending !== reported) tellEnding();
  emit(describeEnd());

  function tellEnding(): void {
    const alert = ending && ALERTS[ending.reason];
    if (alert && ending?.message !== undefined) emit({ type: "alert", ...alert, message: ending.message });
  }
}
