import type { Metric } from "@trainscope/core";
import { type ConfusionCounts, confusionCounts } from "./accumulators/confusion-counts.ts";
import { type AverageOptions, averageClasses, averagedName, checkAverage, ratio } from "./average.ts";
import { checkNames, EVERY_SPLIT } from "./options.ts";

/**
 * Of the images of a class, the share that was answered with it: `TP / (TP + FN)`, averaged over classes. A class that
 * was answered but has no images counts 0.
 *
 * Source: scikit-learn's `recall_score` with `zero_division=0`.
 */
export function recall(options: AverageOptions = {}): Metric<ConfusionCounts> {
  const { average = "macro", name = averagedName("recall", average), splits = EVERY_SPLIT } = options;
  checkNames("recall", options, ["average"]);
  checkAverage("recall", average);
  return {
    ...{ name, splits, direction: "max", unit: "fraction", display: { range: [0, 1] } },
    ...confusionCounts,
    result: (counts) =>
      averageClasses(counts, average, ({ truePositives, support }) => ratio(truePositives, support)),
  };
}
