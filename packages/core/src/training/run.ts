// One run, from run:start to run:end.

import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { takesOf } from "../data/has-features.ts";
import { messageOf } from "../errors.ts";
import type { EventBody, HookTime, TrainingEvent } from "../events.ts";
import { frozenCopy } from "../frozen-copy.ts";
import type { PluginFailure, SlowHook } from "../guard/guard.ts";
import { createMetricEvaluator, type MetricEvaluator } from "../metrics/evaluator.ts";
import type { BatchLender } from "../metrics/lent-batch.ts";
import { ownerOf } from "../metrics/metric-result.ts";
import type { Classifier } from "../model/classifier.ts";
import { copyParameters, type ModelParameters } from "../model/linear.ts";
import type { RunContext } from "../plugins/exporter.ts";
import { ParametersUnavailableError } from "../plugins/parameters-unavailable.ts";
import { type Announcer, type ConnectExporters, createAnnouncer } from "./announcer.ts";
import { describeStart } from "./describe-start.ts";
import { alertOf, type Ending } from "./ending.ts";
import { environmentOf } from "./environment.ts";
import type { Figures } from "./evaluate-splits.ts";
import { Learning } from "./learning.ts";
import type { RunOptions } from "./run-options.ts";
import { type StartedEngine, startEngine } from "./start-engine.ts";
import type { ValueWatch } from "./value-watch.ts";

/** Resolves after `run:end`, or when the signal aborts. Rejects only before the first event. */
export async function executeRun(options: RunOptions): Promise<void> {
  const { dataset, settings, from, history } = options.task;
  const started = await startEngine(options.engine, dataset, settings);
  const { engine } = started;
  let changes: string | undefined;
  try {
    if (from !== undefined) {
      const { otherMeans, requirePrecision } = await import("./on-demand.ts");
      if (history !== undefined) requirePrecision(engine, from);
      changes = otherMeans(from, environmentOf(engine), history === undefined ? "fork" : "resume");
      await engine.load(from.parameters, from.scaledWeights);
    }
    await new Run(options, started, await loadHosts(options), changes).execute();
  } finally {
    await engine.close();
  }
}

/** What plugins are run by. */
interface PluginHosts {
  readonly connect: ConnectExporters;
  readonly lender: BatchLender | undefined;
  readonly valueWatch: ValueWatch | undefined;
}

/** Nothing is loaded where there are no plugins. */
async function loadHosts({ task, audience, files }: RunOptions): Promise<PluginHosts> {
  const { metrics, history } = task;
  const { exporters } = audience;
  if (metrics.length + exporters.length === 0) {
    return { connect: () => [], lender: undefined, valueWatch: undefined };
  }
  const { createAppender, createBatchLender, createValueWatch, RunningExporter } = await import(
    "./on-demand.ts"
  );
  return {
    connect(options) {
      const context = Object.freeze({ ...options.context, append: createAppender(files) });
      return exporters.map((exporter) => new RunningExporter(exporter, { ...options, context }));
    },
    lender: createBatchLender(),
    valueWatch: createValueWatch(metrics, history?.events),
  };
}

/** What has been told of a run, who is told, and how it ends. */
class Run {
  private readonly options: RunOptions;
  private readonly started: StartedEngine;
  private readonly hosts: PluginHosts;
  /** What is not as it was where the checkpoint was written, to be told. */
  private readonly changes: string | undefined;
  private readonly announcer: Announcer;
  private readonly evaluator: MetricEvaluator;
  private isHistoryReplayed: boolean;
  private ending: Ending | undefined;

  constructor(options: RunOptions, started: StartedEngine, hosts: PluginHosts, changes: string | undefined) {
    this.options = options;
    this.started = started;
    this.hosts = hosts;
    this.changes = changes;
    const { task, audience } = options;
    const { limits } = audience;
    const { history } = task;
    this.isHistoryReplayed = history === undefined;
    const failures = history?.failures;
    const onSlow = (slow: SlowHook): void => this.tellSlow(slow);
    this.announcer = createAnnouncer({
      ...audience,
      context: this.context(),
      connect: hosts.connect,
      failures,
      onFailure: (failure) => this.tellFailure(failure),
      onSlow,
    });
    this.evaluator = createMetricEvaluator({
      builtIn: task.builtIn,
      custom: task.metrics,
      lender: hosts.lender,
      failures,
      limits,
      onFailure: (failure) => {
        this.tellFailure(failure);
        const { disabled, plugin, hook, message } = failure;
        if (disabled) this.requireMonitored(plugin, `; the last time in ${hook}: ${message}`);
      },
      onSlow,
    });
  }

  async execute(): Promise<void> {
    this.tellStart();
    const learning = this.createLearning();
    const metrics = await this.learn(learning);
    const reported = this.ending;
    this.tellEnding();
    await learning.settle();
    // Exporters hear of the end before anyone else, so that what they write is told within the run.
    if (!this.options.audience.signal.aborted)
      await this.announcer.finishExporters(this.describeEnd(learning, metrics));
    this.announcer.close();
    // A critical exporter may have failed as late as that.
    if (this.ending !== reported) this.tellEnding();
    this.announcer.emit(this.describeEnd(learning, metrics));
  }

  /** What exporters get of the run. */
  private context(): Omit<RunContext, "append"> {
    const { task, audience, files } = this.options;
    const { dataset, settings } = task;
    const { runId } = audience;
    const { name: dataName, classNames, shape } = dataset;
    const { engine, statistics } = this.started;
    const parameters = (): ModelParameters => {
      if (!this.isHistoryReplayed) throw new ParametersUnavailableError();
      return copyParameters(engine.parameters);
    };
    return Object.freeze({
      ...frozenCopy({ runId, dataName, classNames, shape }),
      parameters,
      classifier: (): Classifier => ({
        ...frozenCopy({ classNames, shape, loss: settings.loss, ...takesOf(dataset.train) }),
        statistics: { means: statistics.means.slice(), deviations: statistics.deviations.slice() },
        parameters: parameters(),
      }),
      write: files.write,
    });
  }

  private tellStart(): void {
    const { from, history, fromPath } = this.options.task;
    const { limits } = this.options.audience;
    const { engine } = this.started;
    if (from === undefined || history === undefined)
      this.announcer.start(describeStart(this.options.task, engine));
    else {
      this.announcer.resume(history.events.filter(isReplayed), from);
      this.isHistoryReplayed = true;
      this.tellResumption(from, fromPath);
    }
    this.warnOf(this.changes);
    this.restoreMetrics();
    for (const [plugin, count] of history?.failures ?? []) {
      if (count >= limits.failures) this.requireMonitored(plugin);
    }
    this.warnOf(engine.notice);
  }

  private createLearning(): Learning {
    const { evaluator, announcer } = this;
    const { task, requests, audience } = this.options;
    return new Learning({
      task,
      requests,
      audience,
      engine: this.started.engine,
      statistics: this.started.statistics,
      evaluator,
      valueWatch: this.hosts.valueWatch,
      hooks: () => this.hooks(),
      emit: announcer.emit,
      emitted: announcer.emitted,
      end: (ending) => this.end(ending),
      isOver: () => this.ending !== undefined || this.options.audience.signal.aborted,
    });
  }

  /** The figures of what it ends with. */
  private async learn(learning: Learning): Promise<Figures> {
    try {
      await learning.learn();
      return await learning.conclude();
    } catch (thrown) {
      this.end({ reason: "failed", message: messageOf(thrown) });
      return learning.figures();
    }
  }

  private describeEnd(learning: Learning, metrics: Figures): EventBody {
    return {
      type: "run:end",
      reason: this.ending?.reason ?? "completed",
      metrics,
      epochs: learning.epochs(),
      keptEpoch: learning.parametersOf(),
      plugins: this.hooks(),
    };
  }

  private hooks(): readonly HookTime[] {
    return [...this.evaluator.times(), ...this.announcer.times()];
  }

  /** The first reason stands. A run that is paused hears of it too. */
  private end(reason: Ending): void {
    this.ending ??= reason;
    this.options.requests.controls.wake();
  }

  private tellFailure({ critical, ...failure }: PluginFailure): void {
    this.announcer.emit({ type: "plugin:error", ...failure });
    const { plugin, hook, message } = failure;
    if (critical) {
      this.end({ reason: "failed", message: `the critical plugin "${plugin}" failed in ${hook}: ${message}` });
    }
  }

  /** Without its figure nobody knows which epoch is the best, or whether patience is at its end. */
  private requireMonitored(disabled: string, details = ""): void {
    const { monitored } = this.options.task;
    const { limits } = this.options.audience;
    if (monitored === undefined || disabled !== ownerOf(monitored)) return;
    const message = `the metric "${disabled}", which the run monitors, has failed ${limits.failures} times${details}`;
    this.end({ reason: "failed", message });
  }

  private tellSlow({ plugin, hook, milliseconds }: SlowHook): void {
    const message = `the plugin "${plugin}" took ${(milliseconds / 1000).toFixed(1)} s in ${hook}, and the run waited`;
    this.announcer.emit({ type: "alert", level: "warning", code: "slow", message });
  }

  private warnOf(message: string | undefined): void {
    if (message === undefined) return;
    this.announcer.emit({ type: "alert", level: "warning", code: "engine", message });
  }

  private tellResumption(from: Checkpoint, path: string | undefined): void {
    const { epoch, batch, reason, best } = from;
    const environment = environmentOf(this.started.engine);
    this.announcer.emit({ type: "run:resume", epoch, batch, environment });
    if (path !== undefined) this.announcer.emit({ type: "checkpoint", epoch, batch, reason, best, path });
  }

  /** To be called after the start or the resumption is emitted, so that what goes wrong is emitted, too. */
  private restoreMetrics(): void {
    const { from, history } = this.options.task;
    if (from === undefined) return;
    const stateless = this.evaluator.restore(from.metricStates);
    // One without a figure had failed in its pass, and would have begun anew anyhow.
    const lost = stateless.filter((tag) => typeof from.metrics[tag] === "number");
    // A fork may have metrics that its parent had not.
    if (history === undefined || lost.length === 0) return;
    const message = `the checkpoint has no state of ${lost.join(", ")}, which ${lost.length === 1 ? "begins" : "begin"} anew`;
    this.announcer.emit({ type: "alert", level: "warning", code: "plugin", message });
  }

  private tellEnding(): void {
    const alert = alertOf(this.ending);
    if (alert !== undefined) this.announcer.emit(alert);
  }
}

/** Pictures that were asked for are there, and those of now would be others. */
function isReplayed(event: TrainingEvent): boolean {
  return event.type !== "control" || event.action !== "export";
}
