// One run, from run:start to run:end.
import type { Observable } from "rxjs";
import { checkDataset, type Dataset, inputCount, type Split } from "../data/dataset.ts";
import { componentStatistics } from "../data/standardise.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { messageOf } from "../errors.ts";
import type { EventBody, RunEndReason, TrainingEvent } from "../events.ts";
import { createMetricEvaluator, describeMetrics } from "../metrics/evaluator.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { initialiseParameters } from "../model/linear.ts";
import type { Exporter } from "../plugins/exporter.ts";
import type { PluginFailure } from "../plugins/guard.ts";
import type { PluginLimits } from "../plugins/limits.ts";
import type { TrainSettings } from "../settings.ts";
import { createAnnouncer } from "./announcer.ts";
import type { Control } from "./control.ts";
import { createControls } from "./controls.ts";
import { type EpochPlan, planEpoch } from "./epoch-plan.ts";
import { createPacer } from "./pace.ts";
import { createProgressMeter } from "./progress.ts";

export interface RunOptions {
  readonly dataset: Dataset;
  readonly settings: TrainSettings;
  /** Every metric, the built-in ones included. */
  readonly metrics: readonly AnyMetric[];
  readonly exporters: readonly Exporter[];
  readonly engine: EngineFactory;
  readonly control: Observable<Control> | undefined;
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

/** Resolves after `run:end`, or when the signal aborts. Rejects only before `run:start`. */
export async function executeRun(options: RunOptions): Promise<void> {
  checkDataset(options.dataset);
  const engine = await createEngine(options);
  try {
    await conductRun(options, engine);
  } finally {
    await engine.close();
  }
}

function createEngine({ dataset, settings, engine }: RunOptions): Promise<Engine> {
  const { shape, train, validation, test } = dataset;
  const classes = dataset.classNames.length;
  const inputs = inputCount(shape);
  return engine({
    shape,
    classes,
    splits: { train, validation, test },
    statistics: componentStatistics(train, inputs),
    loss: settings.loss,
    initial: initialiseParameters(classes, inputs, settings.seed),
  });
}

async function conductRun(options: RunOptions, engine: Engine): Promise<void> {
  const { dataset, settings, signal, runId, limits } = options;
  const { name: dataName, classNames, shape } = dataset;
  const images = dataset.train.labels.length;

  const controls = createControls(options.control, signal);
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
  let ending: Ending | undefined;

  function onFailure({ critical, ...failure }: PluginFailure): void {
    emit({ type: "plugin:error", ...failure });
    const { plugin, hook, message } = failure;
    if (critical) {
      end({ reason: "failed", message: `the critical plugin "${plugin}" failed in ${hook}: ${message}` });
    }
  }

  /** The first reason stands. */
  function end(reason: Ending): void {
    ending ??= reason;
  }

  const isOver = (): boolean => ending !== undefined || signal.aborted;

  /** Waits while paused; tells each change of mode with the place it came at. */
  async function settleControls(epoch: number, batch: number): Promise<void> {
    await controls.settle((change) => emit({ type: "control", ...change, epoch, batch }));
    if (controls.mode === "stopping") end({ reason: "stopped" });
  }

  async function evaluate(split: Split): Promise<Values> {
    const pass = evaluator.begin(split);
    const rows = dataset[split].labels.length;
    let row = 0;
    while (row < rows && !signal.aborted) {
      const chunks = evaluationPacer.units(Math.ceil((rows - row) / engine.evaluationRows));
      await evaluationPacer.work(chunks, async () => {
        for (let chunk = 0; chunk < chunks; chunk++) {
          const until = Math.min(row + engine.evaluationRows, rows);
          pass.update(await engine.evaluate(split, row, until), engine, settings.lambda);
          row = until;
        }
      });
    }
    return pass.results();
  }

  /** Trains the epoch's batches, or those before the run is over; gives the milliseconds that it took. */
  async function trainEpoch(epoch: number, plan: EpochPlan): Promise<number> {
    let trainMs = 0;
    let batch = 0;
    while (batch < plan.batches) {
      await settleControls(epoch, batch);
      if (isOver()) break;

      const first = batch;
      const batches = trainingPacer.units(plan.batches - first);
      batch += batches;
      let lossSum = 0;
      const elapsed = await trainingPacer.work(batches, async () => {
        const { batchSize, lambda } = settings;
        lossSum = await engine.trainBatches({ ...plan, batchSize, first, end: batch, lambda });
      });
      trainMs += elapsed;
      if (!Number.isFinite(lossSum)) {
        const message = `the loss is not finite by batch ${batch} of epoch ${epoch}: try a lower learning rate`;
        end({ reason: "diverged", message });
      }
      const done = Math.min(batch * settings.batchSize, images) - first * settings.batchSize;
      const progress = meter.add(done, lossSum, elapsed);
      if (progress) emit({ type: "progress", epoch, batch, batches: plan.batches, ...progress });
    }
    return trainMs;
  }

  /** All epochs, or those before the run is over. A run cut short still gives the figures it ends with. */
  async function learn(): Promise<{ readonly epochs: number; readonly metrics: Values }> {
    const { epochs } = settings;
    let metrics: Values = {};
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const plan = planEpoch(settings, images, epoch);
      emit({ type: "epoch:start", epoch, epochs });
      const trainMs = await trainEpoch(epoch, plan);
      const start = performance.now();
      metrics = { ...(await evaluate("train")), ...(await evaluate("validation")) };
      if (isOver()) return { epochs: epoch - 1, metrics };

      const learningRate = plan.learningRates[plan.batches - 1] as number;
      const timing = { trainMs, evaluateMs: performance.now() - start };
      emit({ type: "epoch:end", epoch, epochs, learningRate, metrics, timing });
      const batch = plan.batches;
      if (epoch < epochs) controls.endEpoch((change) => emit({ type: "control", ...change, epoch, batch }));
    }
    return { epochs, metrics };
  }

  announcer.start(describeStart(options, engine));
  let epochs = 0;
  let metrics: Values = {};
  try {
    ({ epochs, metrics } = await learn());
    metrics = { ...metrics, ...(await evaluate("test")) };
  } catch (thrown) {
    end({ reason: "failed", message: messageOf(thrown) });
  } finally {
    controls.close();
  }
  if (signal.aborted) return announcer.close();

  const { reason = "completed", message } = ending ?? {};
  if (message !== undefined) {
    const code = reason === "diverged" ? "diverged" : "failed";
    emit({ type: "alert", level: "error", code, message });
  }
  await announcer.finish(() => ({
    type: "run:end",
    // A critical exporter may fail as late as at the end.
    reason: ending?.reason ?? "completed",
    metrics,
    epochs,
    plugins: [...evaluator.times(), ...announcer.times()],
  }));
}

function describeStart({ dataset, settings, metrics }: RunOptions, engine: Engine): EventBody {
  const { name, shape, classNames, train, validation, test } = dataset;
  const inputs = inputCount(shape);
  const classes = classNames.length;
  return {
    type: "run:start",
    config: settings,
    model: { inputs, classes, parameters: classes * (inputs + 1) },
    data: {
      name,
      train: train.labels.length,
      validation: validation.labels.length,
      test: test.labels.length,
      classes: classNames,
      shape,
    },
    metrics: describeMetrics(metrics),
    environment: { engine: engine.name, precision: engine.precision, threads: engine.threads },
  };
}
