// The data sets of a study. They share one test split, and no image that chooses between variants trains any.
import type { Dataset, LabelledImages } from "@trainscope/core";

/** The data sets that a study trains on. */
export interface StudyData {
  /** Trained on and validated as the assignment says. */
  readonly assignment: Dataset;
  /** For the optional part; `null` where only the basic part's images were read. */
  readonly optional: OptionalData | null;
  /** Whether it is CIFAR-10 itself, so that figures published for it can be compared. */
  readonly isCifar10: boolean;
}

/** The data sets of a study's optional part: three ways of splitting the training images. */
export interface OptionalData {
  /** The assignment's training images, and a validation split that no variant trains on. */
  readonly small: Dataset;
  /** All training images but those that `small` validates on, which validate here too. `null` where that is no more. */
  readonly large: Dataset | null;
  /** All but some held out for validation: the last of those that validate `small`. */
  readonly final: Dataset;
}

const HELD_OUT_SHARE = 1 / 50;

/** Of any data set: variants train on its training split, the final model on the larger part of validation, too. */
export function studyDataOf(dataset: Dataset): StudyData {
  const { train, validation } = dataset;
  const inputs = train.images.length / train.labels.length;
  const total = train.labels.length + validation.labels.length;
  // At least one, and none where there is nothing to hold out from.
  const held = Math.min(validation.labels.length, Math.max(1, Math.round(total * HELD_OUT_SHARE)));
  const kept = validation.labels.length - held;
  const upTo = ({ images, labels }: LabelledImages, from: number, to: number): LabelledImages => ({
    images: images.subarray(from * inputs, to * inputs),
    labels: labels.subarray(from, to),
  });
  const final: Dataset = {
    ...dataset,
    name: `${dataset.name}, all training data`,
    train: joined(train, upTo(validation, 0, kept)),
    validation: upTo(validation, kept, validation.labels.length),
  };
  return { assignment: dataset, optional: { small: dataset, large: null, final }, isCifar10: false };
}

function joined(first: LabelledImages, second: LabelledImages): LabelledImages {
  const images = new Uint8Array(first.images.length + second.images.length);
  images.set(first.images);
  images.set(second.images, first.images.length);
  const labels = new Uint8Array(first.labels.length + second.labels.length);
  labels.set(first.labels);
  labels.set(second.labels, first.labels.length);
  return { images, labels };
}
