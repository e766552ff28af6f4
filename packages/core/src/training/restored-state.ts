// What training has come to where it begins: nothing in a new run, else what the checkpoint and the log tell.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { PassConditions } from "../metrics/split-pass.ts";
import type { ModelParameters } from "../model/linear.ts";
import type { TrainSettings } from "../settings/settings.ts";
import type { Figures } from "./evaluate-splits.ts";
import type { RunHistory } from "./run-history.ts";

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

export interface RestoredState {
  /** The newest epoch that is finished, 0 before the first. */
  readonly epochs: number;
  /** Of the newest finished epoch. */
  readonly figures: EpochFigures;
  readonly best: BestEpoch | undefined;
  /** The epoch whose parameters these are; `null` where they are of no whole epoch. */
  readonly parametersOf: number | null;
}

/** `from` without `history` is where a fork begins; the settings are those that the run starts with. */
export function restoreState(
  from: Checkpoint | undefined,
  history: RunHistory | undefined,
  settings: TrainSettings,
): RestoredState {
  const unknown = { learningRateSum: null, imagesPerSecond: null };
  const { learningRate } = settings;
  if (from === undefined) {
    const figures = { metrics: {}, epoch: 0, settings, learningRate, ...unknown };
    return { epochs: 0, figures, best: undefined, parametersOf: null };
  }
  const { epoch, isWholeEpoch, metrics, bestEpoch } = from;
  const epochs = isWholeEpoch ? epoch : epoch - 1;
  const newest = history?.epochs.at(-1);
  return {
    epochs,
    figures: {
      metrics,
      epoch: epochs,
      settings: newest?.settings ?? settings,
      ...unknown,
      learningRate: newest?.event.learningRate ?? learningRate,
    },
    best: history && bestEpoch ? restoreBest(bestEpoch, history, settings) : undefined,
    parametersOf: isWholeEpoch ? epoch : null,
  };
}

function restoreBest(
  { epoch, lambda, parameters }: NonNullable<Checkpoint["bestEpoch"]>,
  { epochs }: RunHistory,
  initial: TrainSettings,
): BestEpoch {
  const recorded = epochs.find(({ event }) => event.epoch === epoch);
  const { metrics = {}, learningRate = initial.learningRate } = recorded?.event ?? {};
  const settings = { ...(recorded?.settings ?? initial), lambda };
  const figures = { metrics, epoch, settings, learningRate, learningRateSum: null, imagesPerSecond: null };
  return { epoch, parameters, figures };
}
