// Whether a run can go on from a checkpoint with the data, plugins and settings at hand, and with which controls.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { isSettingControl } from "../control/control.ts";
import type { ScriptedControl } from "../control/script.ts";
import { inputCount, SPLITS, type TrainingData } from "../data/dataset.ts";
import { takesOf } from "../data/has-features.ts";
import type { EngineFactory } from "../engine/engine.ts";
import { type EngineDescription, probeEngine } from "../engine/probe.ts";
import { TrainscopeError } from "../errors.ts";
import type { MetricInfo, RunStartEvent } from "../events.ts";
import { checkLiveSetting, type TrainSettings } from "../settings/settings.ts";
import type { Resumption, RunHistory } from "./run-history.ts";

/** Throws `BAD_OPTION` where the checkpoint's model doesn't take these images, or has other classes. */
export function checkShape(checkpoint: Checkpoint, dataset: TrainingData): void {
  const { parameters, batch, batching, isWholeEpoch, model } = checkpoint;
  const { classes, inputs } = parameters;
  const [expectedInputs, expectedClasses] = [inputCount(dataset.shape), dataset.classNames.length];
  if (classes !== expectedClasses || inputs !== expectedInputs) {
    throw refuse(
      `the checkpoint's model has ${inputs} inputs and ${classes} classes; ${dataset.name} has ${expectedInputs} and ${expectedClasses}`,
    );
  }
  const { takes } = takesOf(dataset.train);
  if (model !== undefined && model.takes !== takes) {
    throw refuse(
      `the checkpoint's model takes ${model.takes ?? "bytes"}; ${dataset.name} has ${takes ?? "bytes"}`,
      "Its statistics would mean nothing: train a new run.",
    );
  }
  const done = isWholeEpoch ? 0 : batching.imagesBefore + (batch - batching.batchesBefore) * batching.batchSize;
  const images = dataset.train.labels.length;
  if (done > images) {
    throw refuse(`the checkpoint was taken after ${done} images of an epoch; ${dataset.name} has ${images}`);
  }
}

/** Throws `BAD_OPTION` where the run that is continued would become another. */
export function checkContinued(
  { data, metrics: before }: RunStartEvent,
  dataset: TrainingData,
  metrics: readonly MetricInfo[],
): void {
  for (const split of SPLITS) {
    const images = dataset[split].labels.length;
    if (data === undefined || data[split] === images) continue;
    throw refuse(`the run's ${split} split has ${data[split]} images; that of ${dataset.name} has ${images}`);
  }
  const tags = new Set(metrics.map(({ tag }) => tag));
  const missing = before.find(({ tag }) => !tags.delete(tag));
  if (missing !== undefined) {
    const message = `the run has the metric ${missing.tag}, which no plugin gives now`;
    throw refuse(message, "Give the plugin that the run was begun with.");
  }
  const [added] = tags;
  if (added !== undefined) {
    throw refuse(
      `the run doesn't have the metric ${added}, which a plugin gives now`,
      "Leave it out; a fork may have other metrics.",
    );
  }
}

/**
 * Before anything of the run is changed: rejects with `BAD_OPTION` where the engine would not give the run that it was, and
 * with what its start fails with.
 */
export async function checkEngine(create: EngineFactory, checkpoint: Checkpoint): Promise<void> {
  requirePrecision(await probeEngine(create), checkpoint);
}

/** Throws `BAD_OPTION` where other rounding would not give the run that it was. */
export function requirePrecision(
  { name, precision, notice }: EngineDescription,
  { parameters }: Checkpoint,
): void {
  const expected = parameters.weights instanceof Float32Array ? "float32" : "float64";
  if (precision === expected) return;
  const why = notice === undefined ? "" : ` (${notice})`;
  throw refuse(
    `the run was trained in ${expected}; the engine ${name} computes in ${precision}${why}`,
    "Continue it with the engine that it began with.",
  );
}

/** Throws `BAD_OPTION` where nothing would be left to train. */
export function checkFork({ epoch, isWholeEpoch }: Checkpoint, { epochs }: TrainSettings): void {
  const least = isWholeEpoch ? epoch + 1 : epoch;
  if (epochs >= least) return;
  throw refuse(
    `epochs is ${epochs}; expected at least ${least}, as the fork begins within or after epoch ${epoch}`,
  );
}

/**
 * Controls of the run's script that are still to come, those that the log has past the checkpoint, and the change of its
 * epochs. Throws `BAD_OPTION` for too few of them.
 */
export function scriptFrom(
  script: readonly ScriptedControl[],
  { checkpoint, epochs }: Resumption,
  { ahead: logged }: RunHistory,
): readonly ScriptedControl[] {
  const { epoch, batch, reason, settings } = checkpoint;
  // Controls are asked for within the boundary at which the script's own have been applied.
  const isApplied = reason === "asked" || reason === "stop";
  const isLeft = (entry: ScriptedControl): boolean =>
    entry.epoch > epoch || (entry.epoch === epoch && (isApplied ? entry.batch > batch : entry.batch >= batch));
  const isExtended = epochs !== undefined && epochs !== settings.epochs;
  const ahead = logged.filter(({ control }) => !isExtended || control.action !== "epochs");
  const sorted = mergeScripts(script.filter(isLeft), ahead);
  if (!isExtended) return sorted;
  checkLiveSetting("epochs", epochs);
  if (epochs < epoch) throw refuse(`epochs is ${epochs}; expected at least ${epoch}, where the run stands`);
  return [{ epoch, batch, control: { action: "epochs", to: epochs } }, ...sorted];
}

/** What a run was to do, and what its log says was done, of which some was to be: each once, in the order of their places. */
export function mergeScripts(
  script: readonly ScriptedControl[],
  logged: readonly ScriptedControl[],
): readonly ScriptedControl[] {
  const isLogged = (entry: ScriptedControl): boolean => logged.some((other) => isSame(entry, other));
  return [...script.filter((entry) => !isLogged(entry)), ...logged].sort(
    (one, other) => one.epoch - other.epoch || one.batch - other.batch,
  );
}

function isSame({ control, ...place }: ScriptedControl, other: ScriptedControl): boolean {
  const isThere = place.epoch === other.epoch && place.batch === other.batch;
  const value = isSettingControl(control) ? control.to : undefined;
  const otherValue = isSettingControl(other.control) ? other.control.to : undefined;
  return isThere && control.action === other.control.action && value === otherValue;
}

function refuse(message: string, hint = "A fork may go on with other settings."): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", message, { hint });
}
