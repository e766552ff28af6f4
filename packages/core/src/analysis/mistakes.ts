// The answers that are most wrong.
import type { LabelledImages } from "../data/dataset.ts";
import { type ConfidentAnswer, createMostConfident } from "./most-confident.ts";
import type { Predictions } from "./predictions.ts";

/** At most `count` wrong answers, the most confident first; to have no answer is none. The images' bytes are copies. */
export function worstMistakes(
  given: Predictions,
  { images, labels }: LabelledImages,
  classNames: readonly string[],
  count: number,
): readonly Mistake[] {
  const inputs = images.length / labels.length;
  const mostConfident = createMostConfident<ConfidentAnswer>(count);
  labels.forEach((label, index) => {
    const answer = given.predicted[index] as number;
    if (answer >= 0 && answer !== label) {
      mostConfident.add({ index, confidence: given.predictedProbabilities[index] as number });
    }
  });
  return mostConfident.kept.map(({ index, confidence }) => ({
    index,
    image: images.slice(index * inputs, (index + 1) * inputs),
    label: classNames[labels[index] as number] ?? "",
    answer: classNames[given.predicted[index] as number] ?? "",
    answerProbability: confidence,
    labelProbability: given.labelProbabilities[index] as number,
  }));
}

/** A test image that a model of the study answers wrong. */
export interface Mistake {
  /** Place in the test split. */
  readonly index: number;
  /** `inputs` bytes, plane by plane. */
  readonly image: Uint8Array;
  readonly label: string;
  readonly answer: string;
  readonly answerProbability: number;
  readonly labelProbability: number;
}
