// Features for a run, and whether what it is asked for goes with them.
import type { TrainingData } from "../data/dataset.ts";
import { completeFeatures, type FeatureDataset } from "../data/features.ts";
import type { EngineFactory } from "../engine/engine.ts";
import { TrainscopeError } from "../errors.ts";
import type { TrainSettings } from "../settings/settings.ts";

/** Throws `BAD_DATA` for what doesn't fit together, `NOT_SUPPORTED` for an engine of bytes, `BAD_OPTION` for settings of images. */
export function completeFeatureData(
  dataset: FeatureDataset,
  { flip, noise }: Pick<TrainSettings, "flip" | "noise">,
  { takesFeatures }: EngineFactory,
): TrainingData {
  const data = completeFeatures(dataset);
  if (!takesFeatures) {
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
