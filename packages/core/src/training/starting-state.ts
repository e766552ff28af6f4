// What training has come to where it begins.
import type { PassConditions } from "../metrics/split-pass.ts";
import type { ModelParameters } from "../model/linear.ts";
import type { TrainSettings } from "../settings/settings.ts";
import type { Figures } from "./evaluate-splits.ts";

/** Figures of some parameters, and what metrics are told beside them. */
export interface EpochFigures extends PassConditions {
  readonly metrics: Figures;
}

/** The best epoch so far, where its parameters are to be kept. */
export interface BestEpoch {
  readonly epoch: number;
  readonly parameters: ModelParameters;
  readonly figures: EpochFigures;
}

export interface StartingState {
  /** The newest epoch that is finished, 0 before the first. */
  readonly epochs: number;
  /** Of the newest finished epoch. */
  readonly figures: EpochFigures;
  readonly best: BestEpoch | undefined;
  /** The epoch whose parameters these are; `null` where they are of no whole epoch. */
  readonly parametersOf: number | null;
}

/** What no checkpoint has. */
export const UNKNOWN = { learningRateSum: null, imagesPerSecond: null };

/** Nothing yet. */
export function startingState(settings: TrainSettings): StartingState {
  const { learningRate } = settings;
  const figures = { metrics: {}, epoch: 0, settings, learningRate, ...UNKNOWN };
  return { epochs: 0, figures, best: undefined, parametersOf: null };
}
