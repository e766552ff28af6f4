// Makes of `train`'s options what a run is made of, once they are checked. What only some runs need is loaded by those: a
// page that trains on images has no plugins' checks, and nothing of how a run goes on.
import type { ScriptedControl } from "../control/script.ts";
import { completeDataset, type TrainingData } from "../data/dataset.ts";
import { hasFeatures } from "../data/has-features.ts";
import type { EngineFactory } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { TrainscopeError } from "../errors.ts";
import { type MetricInfo, MOST_METRICS } from "../events.ts";
import { resolveLimits } from "../guard/limits.ts";
import { createBuiltInMetrics } from "../metrics/built-in.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { describeMetrics } from "../metrics/metric-result.ts";
import type { Exporter } from "../plugins/exporter.ts";
import { resolveSettings, type TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
import { checkOptionKinds } from "./check-options.ts";
import { findMonitored } from "./monitor.ts";
import type { RunAudience, RunRequests, RunTask } from "./run-options.ts";
import type { TrainOptions } from "./train-options.ts";

/** The parts of a run that its options decide. */
export type ResolvedOptions = Pick<RunAudience, "exporters" | "limits"> &
  Pick<RunRequests, "script"> & { readonly task: RunTask };

/** Rejects with what `train` fails with before a run of these options starts. */
export async function checkTrainOptions(options: TrainOptions): Promise<void> {
  await resolveOptions(options);
}

/** Rejects with `BAD_OPTION`, `BAD_PLUGIN` or `BAD_DATA`. */
export async function resolveOptions(options: TrainOptions): Promise<ResolvedOptions> {
  checkOptionKinds(options);
  const { resume, fork, checkpointEvery } = options;
  const limits = resolveLimits(options.limits);
  if (checkpointEvery !== undefined && (!Number.isSafeInteger(checkpointEvery) || checkpointEvery < 0)) {
    const message = `checkpointEvery is ${describeValue(checkpointEvery)}; expected a whole number of at least 0`;
    throw new TrainscopeError("BAD_OPTION", message);
  }
  const history = resume && (await import("./on-demand.ts")).rebuildHistory(resume);
  const settings = history?.settings ?? resolveSettings({ ...fork?.settings, ...options.settings });
  const { metrics, exporters } = await collectPlugins(options);
  const dataset = await completeData(options, settings);
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
  const restored = from && (await import("./on-demand.ts")).restoreState(from, history, settings);
  const fromPath = resume?.path;
  const task = { dataset, settings, builtIn, metrics, monitored, from, restored, fromPath, history };
  return { task, script: await chooseScript(options, task, described), exporters, limits };
}

/** The controls that are still to come. Rejects where the run can't go on from its checkpoint, or doesn't come to a place. */
async function chooseScript(
  { script = [], resume, fork }: TrainOptions,
  { dataset, settings, from, history }: RunTask,
  described: readonly MetricInfo[],
): Promise<readonly ScriptedControl[]> {
  if (from !== undefined) {
    const { checkContinued, checkFork, checkShape, scriptFrom } = await import("./on-demand.ts");
    checkShape(from, dataset);
    if (history) checkContinued(history.start, dataset, described);
    if (fork && !history) checkFork(fork, settings);
    if (resume && history) return scriptFrom(script, resume, history);
  }
  if (script.length === 0) return [];
  return (await import("./on-demand.ts")).checkScript(script, settings, dataset.train.labels.length);
}

async function collectPlugins(
  options: TrainOptions,
): Promise<{ readonly metrics: readonly AnyMetric[]; readonly exporters: readonly Exporter[] }> {
  const { metrics, exporters, plugins } = options;
  if ((metrics ?? exporters ?? plugins) === undefined) return { metrics: [], exporters: [] };
  return (await import("./on-demand.ts")).collectPlugins(options);
}

/** What computes: where nobody has chosen, what takes the data. */
export function engineFor({ engine, dataset }: Pick<TrainOptions, "engine" | "dataset">): EngineFactory {
  return engine ?? (hasFeatures(dataset) ? createReferenceEngine : createWasmEngine());
}

async function completeData(options: TrainOptions, settings: TrainSettings): Promise<TrainingData> {
  const { dataset } = options;
  if (!hasFeatures(dataset)) return completeDataset(dataset);
  const { completeFeatureData } = await import("./on-demand.ts");
  return completeFeatureData(dataset, settings, engineFor(options));
}
