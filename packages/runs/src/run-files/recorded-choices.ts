// What a run may have been asked for by name, as its record keeps it.

export const ENGINES = ["native", "wasm", "reference"] as const;
export type EngineName = (typeof ENGINES)[number];

/** Of CIFAR-10's images. */
export const TRAIN_ONS = ["batch1", "all"] as const;
export type TrainOn = (typeof TRAIN_ONS)[number];
