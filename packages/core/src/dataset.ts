// The shape of data that the trainer takes: plain objects and byte arrays, from whatever source.

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
