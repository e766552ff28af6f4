// How good the final model is, and how far from the best that a linear one can be.

import { CLEAR, judge } from "../../judge.ts";
import type { FinalResult } from "../../stages/results.ts";
import { standardErrorOf } from "./estimate.ts";
import { count, decimal, fixed, percent, points } from "./numbers.ts";

/** `41.5 ± 0.5 %`: a fraction with its standard error. */
export function percentWithError(fraction: number, images: number): string {
  return `${fixed(100 * fraction, 1)} ±\u00a0${fixed(100 * standardErrorOf(fraction, images), 1)}\u00a0%`;
}

/** A paragraph. */
export function finalWords({ onTest, trainImages, exactOptimum, testLoss }: FinalResult): string {
  const { accuracy, images } = onTest;
  const start = `Trained on ${count(trainImages)} images with what the search chose, the model`;
  if (testLoss === null)
    return `${start} diverged: its loss left the finite numbers, and what it answers means nothing.`;
  const first =
    `${start} answers ${percentWithError(accuracy, images)} of the ${count(images)} test images right; its test loss is ` +
    `${decimal(testLoss)}. The ± is the standard error √(p(1 − p)/n) of a fraction p of n images.`;
  return exactOptimum === null ? first : `${first} ${optimumSentence(accuracy, images, exactOptimum)}`;
}

function optimumSentence(accuracy: number, images: number, optimum: number): string {
  const difference = accuracy - optimum;
  const error = standardErrorOf(accuracy, images);
  const known = `An exact optimiser brings a linear model on all training images to about ${percent(optimum)}`;
  const shown = Number((100 * difference).toFixed(1));
  if (shown === 0) return `${known}, and this model is there, to the tenth of a point.`;
  const where = difference > 0 ? "above" : "below";
  if (judge(difference, error) === "no clear difference") {
    return (
      `${known}: this model is ${points(difference)} ${where} that, which is within ${CLEAR} standard errors of ` +
      `${points(error)}, so ${count(images)} images can't tell the two apart.`
    );
  }
  return difference < 0
    ? `${known}: this model is ${points(difference)} below that, more than ${CLEAR} standard errors of ${points(error)}, ` +
        "so some of what is possible was not reached."
    : `${known}: this model is ${points(difference)} above that, more than ${CLEAR} standard errors of ${points(error)}.`;
}
