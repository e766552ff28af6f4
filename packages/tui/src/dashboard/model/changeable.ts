import type { LiveSetting } from "@trainscope/core/settings";

/** Settings that can be changed while training goes on. */
export type Changeable = LiveSetting;
/** In the order in which they are shown. */
export const CHANGEABLE: readonly Changeable[] = ["learningRate", "lambda", "batchSize", "epochs"];
