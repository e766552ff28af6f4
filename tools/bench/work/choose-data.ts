// The images that are trained on: CIFAR-10 where it is found, else seeded noise of the same shape.
import type { ImageShape, LabelledImages } from "@trainscope/core";
import { findCifar10, IMAGE_SHAPE, loadCifar10 } from "@trainscope/data-cifar";
import { syntheticImages } from "./synthetic.ts";

export interface BenchData {
  readonly name: string;
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly classes: number;
  readonly shape: ImageShape;
  /** Of the files, where they are real. */
  readonly directory?: string;
}

const CLASSES = 10;

/**
 * `choice` is a folder or "synthetic"; where left out, CIFAR-10 if it is found. Each split has `images` images.
 * Throws `DATA_NOT_FOUND` or `BAD_DATA` for a folder that is named.
 */
export async function chooseData(choice: string | undefined, images: number): Promise<BenchData> {
  const found =
    choice === "synthetic" ? undefined : await findCifar10(choice === undefined ? {} : { directory: choice });
  if (found === undefined) {
    const make = (substream: number): LabelledImages =>
      syntheticImages(images, CLASSES, IMAGE_SHAPE, substream);
    const name = "synthetic images, for CIFAR-10 was not found or not asked for";
    return { name, train: make(0), validation: make(1), classes: CLASSES, shape: IMAGE_SHAPE };
  }
  const { train, validation, name } = await loadCifar10(found.directory, { trainOn: "batch1" });
  return {
    name,
    train: firstOf(train, images),
    validation: firstOf(validation, images),
    classes: CLASSES,
    shape: IMAGE_SHAPE,
    directory: found.directory,
  };
}

function firstOf({ images, labels }: LabelledImages, count: number): LabelledImages {
  const inputs = images.length / labels.length;
  return { images: images.subarray(0, count * inputs), labels: labels.subarray(0, count) };
}
