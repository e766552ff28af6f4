// A dataset small enough for a test and learnable by a linear model: each class is brighter in a band of its own.
import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { createRandom, RandomStream } from "../random/random.ts";

/** How many classes and images the data set has. */
export interface TinyDatasetOptions {
  readonly classes?: number;
  readonly train?: number;
  readonly validation?: number;
  readonly test?: number;
  readonly seed?: number;
}

/** Images of 4 x 4 pixels and 3 channels; 60 train, 30 validation and 20 test images of 3 classes by default. */
export function createTinyDataset(options: TinyDatasetOptions = {}): Dataset {
  const { classes = 3, train = 60, validation = 30, test = 20, seed = 7 } = options;
  const shape = { width: 4, height: 4, channels: 3 };
  const inputs = 48;

  function split(count: number, substream: number): LabelledImages {
    const random = createRandom(seed, RandomStream.sample, substream);
    const images = new Uint8Array(count * inputs);
    const labels = Uint8Array.from({ length: count }, (_, image) => image % classes);
    labels.forEach((label, image) => {
      for (let j = 0; j < inputs; j++) {
        const signal = j % classes === label ? 40 : 0;
        images[image * inputs + j] = random.integer(160) + signal;
      }
    });
    return { images, labels };
  }

  return {
    name: "tiny",
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    shape,
    train: split(train, 0),
    validation: split(validation, 1),
    test: split(test, 2),
  };
}
