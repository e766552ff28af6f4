// One run, from run:start to run:end.
import type { Observable } from "rxjs";
import { checkDataset, type Dataset, inputCount, type Split } from "../data/dataset.ts";
import { componentStatistics } from "../data/standardise.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { messageOf } from "../errors.ts";
import { EVENT_VERSION, type EventBody, type RunEndReason, type TrainingEvent } from "../events.ts";
import { createMetricEvaluator, describeMetrics } from "../metrics/evaluator.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { initialiseParameters } from "../model/linear.ts";
import type { Exporter } from "../plugins/exporter.ts";
import { type RunningExporter, runExporter } from "../plugins/exporters.ts";
import type { PluginFailure } from "../plugins/guard.ts";
import type { PluginLimits } from "../plugins/limits.ts";
import type { TrainSettings } from "../settings.ts";
import type { Control } from "./control.ts";
import { createControls, type ModeChange } from "./controls.ts";
import { planEpoch } from "./epoch-plan.ts";
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
  const { dataset, settings, runId, limits, signal } = options;
  const controls = createControls(options.control, signal);
  const exporters: RunningExporter[] = [];
  let ending: Ending | undefined;
  let seq = 0;

  function stamp(body: EventBody): TrainingEvent {
    return { v: EVENT_VERSION, seq: seq++, runId, time: options.now(), ...body };
  }

  /** To the outside first: what a plugin does with an event comes after it. */
  function emit(body: EventBody): void {
    if (signal.aborted) return;
    const event = stamp(body);
    options.deliver(event);
    for (const exporter of exporters) exporter.deliver(event);
  }

  function onFailure({ critical, ...failure }: PluginFailure): void {
    emit({ type: "plugin:error", ...failure });
    if (critical) {
      const { plugin, hook, message } = failure;
      end({ reason: "failed", message: `the critical plugin "${plugin}" failed in ${hook}: ${message}` });
    }
  }

  /** The first reason stands. */
  function end(reason: Ending): void {
    ending ??= reason;
  }

  const evaluator = createMetricEvaluator({
    metrics: options.metrics,
    classes: dataset.classNames.length,
    limitMs: limits.metricMs,
    onFailure,
  });
  const evaluationPacer = createPacer();

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

  const evaluateLearning = async (): Promise<Values> => ({
    ...(await evaluate("train")),
    ...(await evaluate("validation")),
  });

  const trainingPacer = createPacer();
  const meter = createProgressMeter();

  /** Gives the milliseconds spent on updates; the epoch was cut short where the run is ending. */
  async function trainEpoch(epoch: number, plan: ReturnType<typeof planEpoch>): Promise<number> {
    const images = plan.order.length;
    let trainMs = 0;
    let batch = 0;
    while (batch < plan.batches) {
      await controls.settle((change) => emitControl(change, epoch, batch));
      if (controls.mode === "stopping") end({ reason: "stopped" });
      if (ending !== undefined || signal.aborted) return trainMs;

      const first = batch;
      const batches = trainingPacer.units(plan.batches - first);
      let lossSum = 0;
      const elapsed = await trainingPacer.work(batches, async () => {
        lossSum = await engine.trainBatches({
          ...plan,
          batchSize: settings.batchSize,
          first,
          end: first + batches,
          lambda: settings.lambda,
        });
      });
      trainMs += elapsed;
      batch += batches;
      const done = Math.min(batch * settings.batchSize, images) - first * settings.batchSize;
      if (!Number.isFinite(lossSum)) {
        end({
          reason: "diverged",
          message: `the loss is not finite by batch ${batch} of epoch ${epoch}: try a lower learning rate`,
        });
      }
      const progress = meter.add(done, lossSum, elapsed);
      if (progress !== undefined) {
        emit({ type: "progress", epoch, batch, batches: plan.batches, ...progress });
      }
    }
    return trainMs;
  }

  function emitControl(change: ModeChange, epoch: number, batch: number): void {
    emit({ type: "control", ...change, epoch, batch });
  }

  async function learn(): Promise<{ readonly epochs: number; readonly metrics: Values }> {
    const { epochs } = settings;
    let metrics: Values = {};
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const plan = planEpoch(settings, dataset.train.labels.length, epoch);
      emit({ type: "epoch:start", epoch, epochs });
      const trainMs = await trainEpoch(epoch, plan);
      if (signal.aborted) return { epochs: epoch - 1, metrics };
      // A run that was cut short still ends with the figures of the parameters it ends with.
      const start = performance.now();
      metrics = await evaluateLearning();
      if (ending !== undefined || signal.aborted) return { epochs: epoch - 1, metrics };
      const learningRate = plan.learningRates[plan.batches - 1] as number;
      const timing = { trainMs, evaluateMs: performance.now() - start };
      emit({ type: "epoch:end", epoch, epochs, learningRate, metrics, timing });
      if (epoch < epochs) controls.endEpoch((change) => emitControl(change, epoch, plan.batches));
    }
    return { epochs, metrics };
  }

  const started = stamp(describeStart(options, engine));
  options.deliver(started);
  const { shape, name: dataName, classNames } = dataset;
  const context = {
    runId,
    dataName,
    classNames,
    shape,
    parameters: () => engine.parameters,
    write: options.write,
  };
  for (const exporter of options.exporters) {
    const running = runExporter(exporter, { context, limits, emit, onFailure });
    running.deliver(started);
    exporters.push(running);
  }

  let epochs = 0;
  let metrics: Values = {};
  try {
    ({ epochs, metrics } = await learn());
    if (!signal.aborted) metrics = { ...metrics, ...(await evaluate("test")) };
  } catch (thrown) {
    end({ reason: "failed", message: messageOf(thrown) });
  }
  controls.close();
  if (signal.aborted) {
    for (const exporter of exporters) exporter.close();
    return;
  }

  const runEnd = (): EventBody => ({
    type: "run:end",
    reason: ending?.reason ?? "completed",
    metrics,
    epochs,
    plugins: [...evaluator.times(), ...exporters.flatMap((exporter) => exporter.times())],
  });
  emitEnding();
  // Exporters hear of the end before anyone else, so that what they write is told within the run and run:end
  // stays the last event.
  const last = stamp(runEnd());
  await Promise.all(exporters.map((exporter) => exporter.finish(last)));
  if (!signal.aborted) options.deliver(stamp(runEnd()));

  function emitEnding(): void {
    if (ending?.message === undefined) return;
    const code = ending.reason === "diverged" ? "diverged" : "failed";
    emit({ type: "alert", level: "error", code, message: ending.message });
  }
}

function describeStart(options: RunOptions, engine: Engine): EventBody {
  const { dataset, settings } = options;
  const inputs = inputCount(dataset.shape);
  const classes = dataset.classNames.length;
  return {
    type: "run:start",
    config: settings,
    model: { inputs, classes, parameters: classes * (inputs + 1) },
    data: {
      name: dataset.name,
      train: dataset.train.labels.length,
      validation: dataset.validation.labels.length,
      test: dataset.test.labels.length,
      classes: dataset.classNames,
      shape: dataset.shape,
    },
    metrics: describeMetrics(options.metrics),
    environment: { engine: engine.name, precision: engine.precision, threads: engine.threads },
  };
}
