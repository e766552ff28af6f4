// Whether it is features that a model is trained on, in place of images.
import type { DatasetInput, LabelledRows } from "./dataset.ts";
import type { FeatureDataset, LabelledFeatures } from "./features.ts";

/** Whether a program has given features in place of images; of what is no dataset at all it isn't said. */
export function hasFeatures(dataset: DatasetInput | FeatureDataset): dataset is FeatureDataset {
  const train: Partial<LabelledFeatures> | null | undefined = dataset?.train;
  return train?.features !== undefined;
}

/** What a model that is trained on these rows takes, where that isn't bytes. */
export function takesOf({ images }: LabelledRows): { readonly takes?: "features" } {
  return images instanceof Uint8Array ? {} : { takes: "features" };
}
