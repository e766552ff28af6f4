// One run, from run:start to run:end.

import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { messageOf } from "../errors.ts";
import type { EventBody, TrainingEvent } from "../events.ts";
import { frozenCopy } from "../frozen-copy.ts";
import { createMetricEvaluator } from "../metrics/evaluator.ts";
import { ownerOf } from "../metrics/metric-result.ts";
import type { Classifier } from "../model/classifier.ts";
import { copyParameters, type Parameters } from "../model/linear.ts";
import { createAppender } from "../plugins/appender.ts";
import type { PluginFailure, SlowHook } from "../plugins/guard.ts";
import { PastParametersError } from "../plugins/past-parameters.ts";
import { createAnnouncer } from "./announcer.ts";
import { requirePrecision } from "./continued.ts";
import { describeStart } from "./describe-start.ts";
import { alertOf, type Ending } from "./ending.ts";
import { environmentOf, otherMeans } from "./environment.ts";
import type { Figures } from "./evaluate-split.ts";
import { createLearning } from "./learning.ts";
import type { RunOptions } from "./run-options.ts";
import { type StartedEngine, startEngine } from "./start-engine.ts";

/** Resolves after `run:end`, or when the signal aborts. Rejects only before the first event. */
export async function executeRun(options: RunOptions): Promise<void> {
  const { dataset, settings, from, past } = options;
  const started = await startEngine(options.engine, dataset, settings);
  const { engine } = started;
  try {
    if (from !== undefined) {
      if (past !== undefined) requirePrecision(engine, from);
      await engine.load(from.parameters, from.scaledWeights);
    }
    await conductRun(options, started);
  } finally {
    await engine.close();
  }
}

async function conductRun(options: RunOptions, { engine, statistics }: StartedEngine): Promise<void> {
  const { dataset, settings, signal, runId, controls, from, past } = options;
  const { name: dataName, classNames, shape } = dataset;
  let isPastTold = past === undefined;
  const parameters = (): Parameters => {
    if (!isPastTold) throw new PastParametersError();
    return copyParameters(engine.parameters);
  };
  const context = Object.freeze({
    ...frozenCopy({ runId, dataName, classNames, shape }),
    parameters,
    classifier: (): Classifier => ({
      ...frozenCopy({ classNames, shape, loss: settings.loss }),
      statistics: { means: statistics.means.slice(), deviations: statistics.deviations.slice() },
      parameters: parameters(),
    }),
    write: options.write,
    append: createAppender(options.write),
  });
  const failures = past?.failures;
  const announcer = createAnnouncer({ ...options, context, failures, onFailure, onSlow });
  const { emit, told } = announcer;
  const evaluator = createMetricEvaluator({
    builtIn: options.builtIn,
    custom: options.metrics,
    failures,
    limits: options.limits,
    onFailure(failure) {
      onFailure(failure);
      if (failure.disabled)
        requireMonitored(failure.plugin, `; the last time in ${failure.hook}: ${failure.message}`);
    },
    onSlow,
  });
  const hooks = () => [...evaluator.times(), ...announcer.times()];
  let ending: Ending | undefined;
  const isOver = (): boolean => ending !== undefined || signal.aborted;

  function onFailure({ critical, ...failure }: PluginFailure): void {
    emit({ type: "plugin:error", ...failure });
    const { plugin, hook, message } = failure;
    if (critical) {
      end({ reason: "failed", message: `the critical plugin "${plugin}" failed in ${hook}: ${message}` });
    }
  }

  /** Without its figure nobody knows which epoch is the best, or whether patience is at its end. */
  function requireMonitored(disabled: string, details = ""): void {
    if (options.monitored === undefined || disabled !== ownerOf(options.monitored)) return;
    const message = `the metric "${disabled}", which the run monitors, has failed ${options.limits.failures} times${details}`;
    end({ reason: "failed", message });
  }

  function onSlow({ plugin, hook, milliseconds }: SlowHook): void {
    const message = `the plugin "${plugin}" took ${(milliseconds / 1000).toFixed(1)} s in ${hook}, and the run waited`;
    emit({ type: "alert", level: "warning", code: "slow", message });
  }

  /** The first reason stands. A run that is paused hears of it too. */
  function end(reason: Ending): void {
    ending ??= reason;
    controls.wake();
  }

  if (from === undefined || past === undefined) announcer.start(describeStart(options, engine));
  else {
    announcer.resume(past.events.filter(isToldAgain), from);
    isPastTold = true;
    tellResumption(from, options.fromPath);
  }
  warnOf(otherMeans(from, environmentOf(engine), past === undefined ? "fork" : "resume"));
  restoreMetrics();
  for (const [plugin, count] of failures ?? []) if (count >= options.limits.failures) requireMonitored(plugin);
  warnOf(engine.notice);
  const learning = createLearning({
    ...options,
    running: engine,
    statistics,
    evaluator,
    hooks,
    emit,
    told,
    end,
    isOver,
  });
  let metrics: Figures = {};
  try {
    await learning.learn();
    metrics = await learning.conclude();
  } catch (thrown) {
    metrics = learning.figures();
    end({ reason: "failed", message: messageOf(thrown) });
  }
  const describeEnd = (): EventBody => ({
    type: "run:end",
    reason: ending?.reason ?? "completed",
    metrics,
    epochs: learning.epochs(),
    keptEpoch: learning.parametersOf(),
    plugins: hooks(),
  });
  const reported = ending;
  tellEnding();
  await learning.settle();
  // Exporters hear of the end before anyone else, so that what they write is told within the run.
  if (!signal.aborted) await announcer.finishExporters(describeEnd());
  announcer.close();
  // A critical exporter may have failed as late as that.
  if (ending !== reported) tellEnding();
  emit(describeEnd());

  function warnOf(message: string | undefined): void {
    if (message !== undefined) emit({ type: "alert", level: "warning", code: "engine", message });
  }

  function tellResumption({ epoch, batch, reason, best }: Checkpoint, path: string | undefined): void {
    emit({ type: "run:resume", epoch, batch, environment: environmentOf(engine) });
    if (path !== undefined) emit({ type: "checkpoint", epoch, batch, reason, best, path });
  }

  /** After the start or the resumption was told: what goes wrong is told, too. */
  function restoreMetrics(): void {
    if (from === undefined) return;
    const stateless = evaluator.restore(from.metricStates);
    // One without a figure had failed in its pass, and would have begun anew anyhow.
    const lost = stateless.filter((tag) => typeof from.metrics[tag] === "number");
    // A fork may have metrics that its parent had not.
    if (past === undefined || lost.length === 0) return;
    const message = `the checkpoint has no state of ${lost.join(", ")}, which ${lost.length === 1 ? "begins" : "begin"} anew`;
    emit({ type: "alert", level: "warning", code: "plugin", message });
  }

  function tellEnding(): void {
    const alert = alertOf(ending);
    if (alert !== undefined) emit(alert);
  }
}

/** Pictures that were asked for are there, and those of now would be others. */
function isToldAgain(event: TrainingEvent): boolean {
  return event.type !== "control" || event.action !== "export";
}
