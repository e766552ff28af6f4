import type { Metric } from "@trainscope/core";
import { type ConfusionCounts, confusionCounts } from "./accumulators/confusion-counts.ts";
import { type AverageOptions, averageClasses, averagedName, checkAverage, ratio } from "./average.ts";
import { checkNames, EVERY_SPLIT } from "./options.ts";

/**
 * Of the images that were answered with a class, the share that belongs to it: `TP / (TP + FP)`, averaged over classes. A
 * class that was never answered counts 0.
 *
 * Source: scikit-learn's `precision_score` with `zero_division=0`.
 */
export function precision(options: AverageOptions = {}): Metric<ConfusionCounts> {
  const { average = "macro", name = averagedName("precision", average), splits = EVERY_SPLIT } = options;
  checkNames("precision", options, ["average"]);
  checkAverage("precision", average);
  return {
    ...{ name, splits, direction: "max", unit: "fraction", display: { range: [0, 1] } },
    ...confusionCounts,
    result: (counts) =>
      averageClasses(counts, average, ({ truePositives, answered }) => ratio(truePositives, answered)),
  };
}
