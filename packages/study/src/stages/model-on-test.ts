// One model's predictions on the test split, counted and sorted.

import type { Dataset } from "@trainscope/core";
import {
  accuracyOf,
  classesOf,
  confusionMatrix,
  type Predictions,
  worstMistakes,
} from "@trainscope/core/analysis";
import type { ModelOnTest } from "./results.ts";

/** Three rows of eight make a picture as wide as a page. */
const MISTAKES = 24;

export function modelOnTest(
  title: string,
  predictions: Predictions,
  { test, classNames }: Dataset,
): ModelOnTest {
  const confusion = confusionMatrix(predictions, classNames.length);
  return {
    title,
    images: predictions.labels.length,
    accuracy: accuracyOf(predictions) ?? 0,
    confusion,
    classes: classesOf(confusion, classNames),
    mistakes: worstMistakes(predictions, test, classNames, MISTAKES),
  };
}
