// What a run may have been asked for by name, as its record keeps it.

/** The engines that a run may have recorded. */
export const ENGINES = ["native", "wasm", "reference"] as const;

/** One of `ENGINES`. */
export type EngineName = (typeof ENGINES)[number];

/** Of the training images. */
export const TRAIN_ONS = ["batch1", "all"] as const;

/** One of `TRAIN_ONS`. */
export type TrainOn = (typeof TRAIN_ONS)[number];

/** Of CIFAR-100: its 100 classes, or its 20 superclasses. Other data has fine ones alone. */
export const LABEL_KINDS = ["fine", "coarse"] as const;

/** One of `LABEL_KINDS`. */
export type LabelKind = (typeof LABEL_KINDS)[number];

/** What is taken of the data that is there. */
export interface DataPart {
  readonly trainOn: TrainOn;
  readonly labels: LabelKind;
}
