// What training had come to where it goes on: what the checkpoint and the log tell.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { TrainSettings } from "../settings/settings.ts";
import type { RunHistory } from "./run-history.ts";
import { type BestEpoch, type StartingState, UNKNOWN } from "./starting-state.ts";

/** `from` without `history` is where a fork begins; the settings are those that the run starts with. */
export function restoreState(
  from: Checkpoint,
  history: RunHistory | undefined,
  settings: TrainSettings,
): StartingState {
  const { epoch, isWholeEpoch, metrics, bestEpoch } = from;
  const epochs = isWholeEpoch ? epoch : epoch - 1;
  const newest = history?.epochs.at(-1);
  return {
    epochs,
    figures: {
      metrics,
      epoch: epochs,
      settings: newest?.settings ?? settings,
      ...UNKNOWN,
      learningRate: newest?.event.learningRate ?? settings.learningRate,
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
  const figures = { metrics, epoch, settings, learningRate, ...UNKNOWN };
  return { epoch, parameters, figures };
}
