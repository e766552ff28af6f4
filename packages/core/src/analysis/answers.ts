// What a model answers to the images of a split, and how sure it is.
import type { Values } from "../model/linear.ts";

/** One entry an image, in the order of the split. */
export interface Answers {
  readonly labels: Uint8Array;
  /** The class of the largest probability, the first of equals. */
  readonly answers: Uint8Array;
  readonly answerProbabilities: Float32Array;
  /** Of the true class. */
  readonly labelProbabilities: Float32Array;
  /** Mean loss, without the L2 term; `null` where it is no finite number. */
  readonly loss: number | null;
}

/**
 * Where the largest of `values[first]` to `values[end - 1]` is, the first of equals. A NaN is passed over, unless it is
 * the first of them.
 */
export function placeOfLargest(values: Values, first: number, end: number): number {
  let place = first;
  for (let k = first + 1; k < end; k++) {
    if ((values[k] as number) > (values[place] as number)) place = k;
  }
  return place;
}

/** The fraction of right answers; `null` where there is no image. */
export function accuracyOf({ labels, answers }: Answered): number | null {
  if (labels.length === 0) return null;
  let right = 0;
  for (let i = 0; i < labels.length; i++) right += Number(labels[i] === answers[i]);
  return right / labels.length;
}

export type Answered = Pick<Answers, "labels" | "answers">;

/** The answers to the last `count` images. */
export function lastAnswers({ labels, answers }: Answered, count: number): Answered {
  const first = labels.length - count;
  return { labels: labels.subarray(first), answers: answers.subarray(first) };
}
