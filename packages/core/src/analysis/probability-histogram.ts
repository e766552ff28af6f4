// How the probability of the true class spreads, over right and over wrong answers.
import type { Predictions } from "./predictions.ts";

/** Images a bin: see `ProbabilityHistogram`. An image whose probability is no number is left out. */
export function probabilityHistogram(title: string, given: Predictions, bins: number): ProbabilityHistogram {
  const histogram = createHistogram(bins);
  given.labelProbabilities.forEach((probability, image) => {
    countProbability(histogram, probability, given.predicted[image] === given.labels[image]);
  });
  return { title, ...histogram };
}

/** Images a bin, of equal bins from 0 to 1. */
export interface HistogramCounts {
  readonly right: number[];
  readonly wrong: number[];
}

export function createHistogram(bins: number): HistogramCounts {
  return { right: new Array<number>(bins).fill(0), wrong: new Array<number>(bins).fill(0) };
}

/** Leaves out what is no number. */
export function countProbability(
  { right, wrong }: HistogramCounts,
  probability: number,
  isRight: boolean,
): void {
  if (Number.isNaN(probability)) return;
  const counts = isRight ? right : wrong;
  const bin = Math.min(counts.length - 1, Math.floor(probability * counts.length));
  counts[bin] = (counts[bin] as number) + 1;
}

/** How sure a model is of the true class, where its answer is right and where it is wrong. */
export interface ProbabilityHistogram {
  /** E.g. "Softmax" or "Sigmoid (binary cross-entropy)". */
  readonly title: string;
  /** Bin `i` of `n` holds probabilities from `i / n` up to `(i + 1) / n`; 1 is in the last. Images. */
  readonly right: readonly number[];
  readonly wrong: readonly number[];
}
