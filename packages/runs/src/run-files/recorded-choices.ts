// What a run may have been asked for by name, as its record keeps it.

/** The engines that a run may have recorded. */
export const ENGINES = ["native", "wasm", "reference"] as const;

/** One of `ENGINES`. */
export type EngineName = (typeof ENGINES)[number];

/** Of CIFAR-10's images. */
export const TRAIN_ONS = ["batch1", "all"] as const;

/** One of `TRAIN_ONS`. */
export type TrainOn = (typeof TRAIN_ONS)[number];
