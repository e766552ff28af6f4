// What training has come to where it begins: nothing in a new run, else what the checkpoint and the log tell.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { Parameters } from "../model/linear.ts";
import type { Figures } from "./evaluate-split.ts";
import type { Past } from "./retrace.ts";

/** Figures of some parameters, and the lambda that their cost was taken with. */
export interface EpochFigures {
  readonly metrics: Figures;
  readonly lambda: number;
}

/** The best epoch so far, where its parameters are to be kept. */
export interface BestEpoch {
  readonly epoch: number;
  readonly parameters: Parameters;
  readonly figures: EpochFigures;
}

export interface Recollection {
  /** The newest epoch that is finished, 0 before the first. */
  readonly epochs: number;
  /** Of the newest finished epoch. */
  readonly figures: EpochFigures;
  readonly best: BestEpoch | undefined;
  /** The epoch whose parameters these are; `null` where they are of no whole epoch. */
  readonly parametersOf: number | null;
}

/** `from` without `past` is where a fork begins; `lambda` is the one that the run starts with. */
export function recollect(from: Checkpoint | undefined, past: Past | undefined, lambda: number): Recollection {
  if (from === undefined) {
    return { epochs: 0, figures: { metrics: {}, lambda }, best: undefined, parametersOf: null };
  }
  const { epoch, isWholeEpoch, metrics, bestEpoch } = from;
  const epochs = isWholeEpoch ? epoch : epoch - 1;
  const newest = past?.epochs.at(-1);
  return {
    epochs,
    figures: { metrics, lambda: newest?.settings.lambda ?? lambda },
    best: past && bestEpoch ? recollectBest(bestEpoch, past) : undefined,
    parametersOf: isWholeEpoch ? epoch : null,
  };
}

function recollectBest(
  { epoch, lambda, parameters }: NonNullable<Checkpoint["bestEpoch"]>,
  { epochs }: Past,
): BestEpoch {
  const metrics = epochs.find(({ event }) => event.epoch === epoch)?.event.metrics ?? {};
  return { epoch, parameters, figures: { metrics, lambda } };
}
