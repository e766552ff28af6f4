// What a model answers to the images of a split, and how sure it is.
import type { Values } from "../model/linear.ts";

/** One entry an image, in the order of the split. */
export interface Predictions {
  readonly labels: Uint8Array;
  /** The class of the largest probability, the first of equals; -1 where no probability is a number. */
  readonly answers: Int16Array;
  readonly answerProbabilities: Float32Array;
  /** Of the true class. */
  readonly labelProbabilities: Float32Array;
  /** Mean loss, without the L2 term; `null` where it is no finite number. */
  readonly loss: number | null;
}

/**
 * The class of the largest of a row of probabilities, which begins at `start`; the first of equals. NaN is passed over:
 * -1 where nothing else is there.
 */
export function predictedClass(probabilities: Values, start: number, classes: number): number {
  let answer = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < classes; k++) {
    const probability = probabilities[start + k] as number;
    if (probability > largest || (answer < 0 && !Number.isNaN(probability))) {
      answer = k;
      largest = probability;
    }
  }
  return answer;
}

/** The fraction of right answers; `null` where there is no image. */
export function accuracyOf({ labels, answers }: LabelledPredictions): number | null {
  if (labels.length === 0) return null;
  let right = 0;
  for (let i = 0; i < labels.length; i++) right += Number(labels[i] === answers[i]);
  return right / labels.length;
}

export type LabelledPredictions = Pick<Predictions, "labels" | "answers">;

/** The answers to the last `count` images. */
export function lastPredictions({ labels, answers }: LabelledPredictions, count: number): LabelledPredictions {
  const first = labels.length - count;
  return { labels: labels.subarray(first), answers: answers.subarray(first) };
}
