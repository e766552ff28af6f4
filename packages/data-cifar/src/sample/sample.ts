// The built-in sample: ten classes of little drawings, made from a seed, for when CIFAR-10 is not at hand.
import { createRandom, type Dataset, type LabelledImages, RandomStream, shuffle } from "@trainscope/core";
import { CLASS_NAMES, IMAGE_BYTES, IMAGE_SHAPE } from "../layout.ts";
import { createCanvas } from "./canvas.ts";
import { paintPicture } from "./picture.ts";
import { SUBJECTS, type Subject } from "./subjects.ts";

const SIZES = { train: 2000, validation: 1000, test: 1000 } as const;

/** The first substreams shuffle the labels of the three splits; picture `i` has substream `FIRST_PICTURE + i`. */
const FIRST_PICTURE = 3;

/**
 * 2,000 training, 1,000 validation and 1,000 test pictures in CIFAR-10's classes, shape and byte order. Each split
 * holds every class equally often, in shuffled order. The same seed gives the same bytes; a picture depends on
 * the seed, its place and its label only.
 *
 * `seed` is a safe non-negative integer.
 */
export function createSample(seed = 1): Dataset {
  let made = 0;
  const split = (size: number, order: number): LabelledImages => {
    const labels = shuffledLabels(size, seed, order);
    const images = paintAll(labels, seed, FIRST_PICTURE + made);
    made += size;
    return { images, labels };
  };
  return {
    name: "built-in sample",
    classNames: CLASS_NAMES,
    shape: IMAGE_SHAPE,
    train: split(SIZES.train, 0),
    validation: split(SIZES.validation, 1),
    test: split(SIZES.test, 2),
  };
}

function shuffledLabels(size: number, seed: number, order: number): Uint8Array {
  const labels = Uint32Array.from({ length: size }, (_, i) => i % CLASS_NAMES.length);
  shuffle(labels, createRandom(seed, RandomStream.sample, order));
  return Uint8Array.from(labels);
}

function paintAll(labels: Uint8Array, seed: number, firstSubstream: number): Uint8Array {
  const images = new Uint8Array(labels.length * IMAGE_BYTES);
  // The same bytes, but numbers are rounded and kept within 0 to 255 as they are stored.
  const clamped = new Uint8ClampedArray(images.buffer);
  const canvas = createCanvas();
  labels.forEach((label, i) => {
    const random = createRandom(seed, RandomStream.sample, firstSubstream + i);
    paintPicture(
      SUBJECTS[label] as Subject,
      canvas,
      random,
      clamped.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES),
    );
  });
  return images;
}
