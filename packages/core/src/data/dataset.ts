// The shape of data that the trainer takes: plain objects and byte arrays, from whatever source.
import { TrainscopeError } from "../errors.ts";

export type Split = "train" | "validation" | "test";

export interface ImageShape {
  readonly width: number;
  readonly height: number;
  /** 3 for RGB. An image is stored plane by plane: all red values, then green, then blue. */
  readonly channels: number;
}

export interface LabelledImages {
  /** `n x inputs`, one image a row, values 0 to 255. */
  readonly images: Uint8Array;
  /** `n`, each below the number of classes. */
  readonly labels: Uint8Array;
}

export interface Dataset {
  /** Shown wherever a result is shown, e.g. "CIFAR-10 (data_batch_1)". */
  readonly name: string;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
}

/** Values in one image: `width x height x channels`. */
export function inputCount(shape: ImageShape): number {
  return shape.width * shape.height * shape.channels;
}

export const SPLITS: readonly Split[] = ["train", "validation", "test"];

/**
 * Throws `BAD_DATA` where a split's arrays don't fit the shape and each other, a label is out of range, or there is
 * nothing to train on. Validation and test may be empty.
 */
export function checkDataset(dataset: Dataset): void {
  const inputs = inputCount(dataset.shape);
  const classes = dataset.classNames.length;
  for (const split of SPLITS) {
    const { images, labels } = dataset[split];
    if (images.length !== labels.length * inputs) {
      throw wrong(
        dataset,
        split,
        `${images.length} bytes of images for ${labels.length} labels; expected ${labels.length * inputs}`,
      );
    }
    const outside = labels.findIndex((label) => label >= classes);
    if (outside >= 0) {
      throw wrong(dataset, split, `label ${labels[outside]} at image ${outside}; expected 0 to ${classes - 1}`);
    }
  }
  if (dataset.train.labels.length === 0) throw wrong(dataset, "train", "0 images; expected at least 1");
}

function wrong(dataset: Dataset, split: Split, text: string): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `${dataset.name}, ${split} split: ${text}`);
}
