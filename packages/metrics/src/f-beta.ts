import type { Metric } from "@trainscope/core";
import { type ConfusionCounts, confusionCounts } from "./accumulators/confusion-counts.ts";
import { type AverageOptions, averageClasses, averagedName, checkAverage, ratio } from "./average.ts";
import { checkNames, checkPositive, EVERY_SPLIT } from "./options.ts";

/**
 * Precision and recall in one figure, recall `beta` times as important (1 where left out, their harmonic mean):
 * `(1 + beta²) TP / ((1 + beta²) TP + beta² FN + FP)`, averaged over classes.
 *
 * Source: van Rijsbergen, Information Retrieval, 1979, chapter 7; scikit-learn's `fbeta_score` with `zero_division=0`.
 */
export function fBeta(options: AverageOptions & { readonly beta?: number } = {}): Metric<ConfusionCounts> {
  const { beta = 1, average = "macro", splits = EVERY_SPLIT } = options;
  checkNames("fBeta", options, ["beta", "average"]);
  checkPositive("fBeta", "beta", beta);
  checkAverage("fBeta", average);
  const { name = averagedName(`f${String(beta).replace(".", "-")}`, average) } = options;
  const weight = beta ** 2;
  return {
    ...{ name, splits, direction: "max", unit: "fraction", display: { range: [0, 1] } },
    ...confusionCounts,
    result: (counts) =>
      averageClasses(counts, average, ({ truePositives, answered, support }) =>
        ratio((1 + weight) * truePositives, answered + weight * support),
      ),
  };
}
