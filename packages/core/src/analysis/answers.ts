// What a model answers to the images of a split, and how sure it is.

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

/** The fraction of right answers; `null` where there is no image. */
export function accuracyOf({ labels, answers }: Pick<Answers, "labels" | "answers">): number | null {
  if (labels.length === 0) return null;
  let right = 0;
  for (let i = 0; i < labels.length; i++) right += Number(labels[i] === answers[i]);
  return right / labels.length;
}

/** The answers to the last `count` images; the loss is that of all. */
export function lastAnswers(given: Answers, count: number): Answers {
  const first = given.labels.length - count;
  return {
    labels: given.labels.subarray(first),
    answers: given.answers.subarray(first),
    answerProbabilities: given.answerProbabilities.subarray(first),
    labelProbabilities: given.labelProbabilities.subarray(first),
    loss: given.loss,
  };
}
