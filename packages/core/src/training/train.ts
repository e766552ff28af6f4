// Training as a cold Observable: it starts when subscribed to, stops when unsubscribed from, and tells everything
// through its events.

import { createControlReceiver } from "../control/control-receiver.ts";
import { checkScript } from "../control/script.ts";
import { completeDataset, type TrainingData } from "../data/dataset.ts";
import { completeFeatures, hasFeatures } from "../data/features.ts";
import type { EngineFactory } from "../engine/engine.ts";
import { createReferenceOnDemand } from "../engine/reference-on-demand.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { TrainscopeError } from "../errors.ts";
import { MOST_METRICS } from "../events.ts";
import { resolveLimits } from "../guard/limits.ts";
import { createBuiltInMetrics } from "../metrics/built-in.ts";
import { describeMetrics } from "../metrics/metric-result.ts";
import type { RunFiles } from "../plugins/exporter.ts";
import { collectPlugins } from "../plugins/plugin.ts";
import { resolveSettings, type TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
import { checkOptionKinds } from "./check-options.ts";
import { checkContinued, checkFork, checkShape, scriptFrom } from "./continued.ts";
import { EventStream } from "./event-stream.ts";
import { findMonitored } from "./monitor.ts";
import { executeRun } from "./run.ts";
import { rebuildHistory } from "./run-history.ts";
import { createRunId } from "./run-id.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * Trains a linear classifier. The stream ends with `run:end`, whatever happens inside the run; it fails only where
 * the run can't start: `BAD_OPTION` for a wrong setting or script, or a run that can't be continued with these options,
 * `BAD_PLUGIN` for a plugin that doesn't keep its contract, `BAD_DATA` for a dataset that doesn't fit together.
 */
export function train(options: TrainOptions): EventStream {
  return new EventStream((subscriber) => {
    checkOptionKinds(options);
    const abort = new AbortController();
    const controls = createControlReceiver(options.control);
    const { examine = false } = options;
    const start = async (): Promise<void> => {
      const { task, script, exporters, limits } = resolveOptions(options);
      await executeRun({
        task,
        requests: {
          controls,
          script,
          saveCheckpoint: options.saveCheckpoint,
          checkpointEvery: options.checkpointEvery,
          examine: typeof examine === "function" ? examine : () => examine,
        },
        audience: {
          runId: options.resume?.checkpoint.runId ?? options.runId ?? createRunId(),
          exporters,
          limits,
          now: options.now ?? Date.now,
          signal: abort.signal,
          deliver: (event) => subscriber.next(event),
        },
        engine: engineFor(options),
        files: { write: options.write ?? refuse("write"), append: options.append ?? refuse("append") },
      });
    };
    start()
      .then(
        () => subscriber.complete(),
        (error) => subscriber.error(error),
      )
      .finally(controls.close);
    return () => {
      abort.abort();
      controls.wake();
    };
  });
}

/** Throws what `train` fails with before a run of these options starts. */
export function checkTrainOptions(options: TrainOptions): void {
  resolveOptions(options);
}

function resolveOptions(options: TrainOptions) {
  checkOptionKinds(options);
  const { resume, fork, checkpointEvery } = options;
  const limits = resolveLimits(options.limits);
  if (checkpointEvery !== undefined && (!Number.isSafeInteger(checkpointEvery) || checkpointEvery < 0)) {
    const message = `checkpointEvery is ${describeValue(checkpointEvery)}; expected a whole number of at least 0`;
    throw new TrainscopeError("BAD_OPTION", message);
  }
  const history = resume && rebuildHistory(resume);
  const settings = history?.settings ?? resolveSettings({ ...fork?.settings, ...options.settings });
  const { metrics, exporters } = collectPlugins(options);
  const dataset = completeData(options, settings);
  const builtIn = createBuiltInMetrics(settings.loss, dataset.classNames.length);
  const described = describeMetrics([...builtIn, ...metrics], dataset.classNames);
  if (described.length > MOST_METRICS) {
    const message = `the metrics give ${described.length} figures; expected at most ${MOST_METRICS}`;
    throw new TrainscopeError("BAD_OPTION", message, {
      hint: "Leave out some of those that give one a class.",
    });
  }
  const monitored = findMonitored(settings, described, dataset);
  const from = resume?.checkpoint ?? fork;
  if (from) checkShape(from, dataset);
  if (history) checkContinued(history.start, dataset, described);
  if (fork && !history) checkFork(fork, settings);
  const all = options.script ?? [];
  const script =
    resume && history
      ? scriptFrom(all, resume, history)
      : checkScript(all, settings, dataset.train.labels.length);
  const task = { dataset, settings, builtIn, metrics, monitored, from, fromPath: resume?.path, history };
  return { task, script, exporters, limits };
}

/** What computes: where nobody has chosen, what takes the data. */
export function engineFor({ engine, dataset }: Pick<TrainOptions, "engine" | "dataset">): EngineFactory {
  return engine ?? (hasFeatures(dataset) ? createReferenceOnDemand : createWasmEngine());
}

function completeData(options: TrainOptions, { flip, noise }: TrainSettings): TrainingData {
  const { dataset } = options;
  if (!hasFeatures(dataset)) return completeDataset(dataset);
  const data = completeFeatures(dataset);
  if (!engineFor(options).takesFeatures) {
    throw new TrainscopeError("NOT_SUPPORTED", `the engine takes images as bytes; ${data.name} has features`, {
      hint: "createReferenceEngine takes them; one that computes with them says so by takesFeatures.",
    });
  }
  if (noise > 0) throw unfit(`noise is ${noise}`, "it moves bytes", "noise: 0");
  if (flip > 0 && dataset.shape === undefined)
    throw unfit(`flip is ${flip}`, "features without a shape have no left and right", "flip: 0");
  return data;
}

function unfit(found: string, why: string, instead: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `${found}; ${why}`, { hint: `For features take ${instead}.` });
}

function refuse(way: keyof RunFiles): (name: string) => Promise<string> {
  return async (name) => {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `nowhere to ${way} "${name}" to`, {
      hint: `Give train() the function \`${way}\`.`,
    });
  };
}
