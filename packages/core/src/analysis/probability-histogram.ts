// How the probability of the true class spreads, over right and over wrong answers.
import type { ProbabilityHistogram } from "../study/results.ts";
import type { Answers } from "./answers.ts";

/** Images a bin: see `ProbabilityHistogram`. An image whose probability is no number is left out. */
export function probabilityHistogram(title: string, given: Answers, bins: number): ProbabilityHistogram {
  const right = new Array<number>(bins).fill(0);
  const wrong = new Array<number>(bins).fill(0);
  given.labelProbabilities.forEach((probability, image) => {
    if (Number.isNaN(probability)) return;
    const bin = Math.min(bins - 1, Math.floor(probability * bins));
    const counts = given.answers[image] === given.labels[image] ? right : wrong;
    counts[bin] = (counts[bin] as number) + 1;
  });
  return { title, right, wrong };
}
