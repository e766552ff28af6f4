// What the dashboard shows of a split beside its metrics: confusion, certainty, and the most confident mistakes.

import { countAnswer, createConfusion } from "../analysis/confusion.ts";
import { type ConfidentAnswer, createMostConfident } from "../analysis/most-confident.ts";
import { predictedClasses } from "../analysis/predictions.ts";
import { countProbability, createHistogram } from "../analysis/probability-histogram.ts";
import type { Evaluation } from "../engine/engine.ts";
import type { EvaluationDetailsEvent, MisclassifiedImage } from "../events.ts";

/**
 * What an epoch's pass over the validation split shows: the confusion matrix, the certainty and the most confident mistakes.
 */
export type EvaluationDetails = Pick<EvaluationDetailsEvent, "confusion" | "trueClass" | "mistakes">;

/** One pass over a split. */
export interface EvaluationDetailsCollector {
  /** `first` is the index of the evaluation's first row in its split. */
  update(evaluation: Evaluation, first: number): void;
  result(): EvaluationDetails;
}

const BINS = 20;
const MISTAKES = 24;

/**
 * An image whose probabilities aren't all numbers is counted as it is answered, but is no sure mistake; one of which none
 * is a number is left out.
 */
export function collectEvaluationDetails(classes: number): EvaluationDetailsCollector {
  const confusion = createConfusion(classes);
  const trueClass = createHistogram(BINS);
  const mistakes = createMostConfident<ConfidentAnswer & MisclassifiedImage>(MISTAKES);

  return {
    update({ size, probabilities, labels }, first) {
      const predicted = predictedClasses(probabilities, classes, size);
      for (let row = 0; row < size; row++) {
        const start = row * classes;
        const label = labels[row] as number;
        const answer = predicted[row] as number;
        if (answer < 0) continue;
        countAnswer(confusion, label, answer);
        countProbability(trueClass, probabilities[start + label] as number, answer === label);
        if (answer === label) continue;
        const sure = { index: first + row, confidence: probabilities[start + answer] as number };
        if (!mistakes.accepts(sure)) continue;
        // The evaluation's arrays are used again.
        const own = Array.from(probabilities.subarray(start, start + classes));
        if (!own.some(Number.isNaN)) mistakes.add({ ...sure, label, probabilities: own });
      }
    },

    result: () => ({
      confusion,
      trueClass,
      mistakes: mistakes.kept.map(({ index, label, probabilities }) => ({ index, label, probabilities })),
    }),
  };
}
