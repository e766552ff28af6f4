// The answers that are most wrong.
import type { LabelledImages } from "../data/dataset.ts";
import type { Mistake } from "../study/results.ts";
import type { Answers } from "./answers.ts";

/** At most `count` wrong answers, the surest of them first. The images' bytes are copies. */
export function worstMistakes(
  given: Answers,
  { images, labels }: LabelledImages,
  classNames: readonly string[],
  count: number,
): readonly Mistake[] {
  const inputs = images.length / labels.length;
  const sureness = (image: number): number => given.answerProbabilities[image] as number;
  const wrong = Array.from(labels.keys()).filter((image) => given.answers[image] !== labels[image]);
  // NaN, from a model that diverged, comes last.
  wrong.sort((a, b) => (sureness(b) || 0) - (sureness(a) || 0) || a - b);
  return wrong.slice(0, count).map((index) => ({
    index,
    image: images.slice(index * inputs, (index + 1) * inputs),
    label: classNames[labels[index] as number] ?? "",
    answer: classNames[given.answers[index] as number] ?? "",
    answerProbability: sureness(index),
    labelProbability: given.labelProbabilities[index] as number,
  }));
}
