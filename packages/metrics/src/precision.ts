import type { Metric } from "@trainscope/core";
import type { PredictedRows } from "./accumulators/predicted-rows.ts";
import { type AverageOptions, classMetric, type NoAverageOptions, ratio } from "./average.ts";
import { checkNames } from "./options.ts";

/**
 * Of the images that were answered with a class, the share that belongs to it: `TP / (TP + FP)`, averaged over classes. A
 * class that was never answered counts 0.
 *
 * Source: scikit-learn's `precision_score` with `zero_division=0`.
 */
export function precision(options?: AverageOptions): Metric<PredictedRows>;
export function precision(options: NoAverageOptions): Metric<PredictedRows, "per-class">;
export function precision(options: AverageOptions | NoAverageOptions = {}) {
  checkNames("precision", options, ["average"]);
  const description = "Of the images answered with a class, the share that belongs to it.";
  return classMetric("precision", { name: "precision", description }, options, ({ truePositives, answered }) =>
    ratio(truePositives, answered),
  );
}
