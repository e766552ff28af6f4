// The line beneath a title: which data and which settings made the picture.
import { changedSettings, type TrainSettings } from "@trainscope/core/settings";

export interface Caption {
  readonly dataName?: string | undefined;
  readonly settings?: Partial<TrainSettings> | undefined;
}

const SEPARATOR = " · ";

/** Joins the parts that there are, e.g. `CIFAR-10 · λ = 0.1, η = 0.001`. */
export function joinCaption(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(SEPARATOR);
}

/** `CIFAR-10 · λ = 0.1, η = 0.001, batch 100, seed 42`; what isn't known is left out. */
export function describeRun(caption: Caption): string {
  return joinCaption([caption.dataName, describeSettings(caption.settings ?? {})]);
}

/** `λ = 0.1, η = 0.001, batch 100, seed 42`, and whatever else differs from the plain setting. */
export function describeSettings(settings: Partial<TrainSettings>): string {
  const { lambda, learningRate, batchSize, seed, loss, flip, schedule } = settings;
  const scheduled = schedule !== undefined && schedule.kind !== "constant" ? ` (${schedule.kind})` : "";
  return [
    lambda !== undefined && `λ = ${lambda}`,
    learningRate !== undefined && `η = ${learningRate}${scheduled}`,
    batchSize !== undefined && `batch ${batchSize}`,
    seed !== undefined && `seed ${seed}`,
    loss !== undefined && loss !== "softmax" && `loss ${loss}`,
    flip !== undefined && flip > 0 && `flip ${flip}`,
    ...changedSettings(settings).map(([name, value]) => `${name} ${value}`),
  ]
    .filter((part) => part !== false)
    .join(", ");
}
