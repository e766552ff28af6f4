import type { Metric } from "@trainscope/core";
import type { PredictedRows } from "./accumulators/predicted-rows.ts";
import { type AverageOptions, classMetric, type NoAverageOptions, ratio } from "./average.ts";
import { checkNames } from "./options.ts";

/**
 * Of the images of a class, the share that was answered with it: `TP / (TP + FN)`, averaged over classes. A class that
 * was answered but has no images counts 0.
 *
 * Source: scikit-learn's `recall_score` with `zero_division=0`.
 */
export function recall(options?: AverageOptions): Metric<PredictedRows>;
export function recall(options: NoAverageOptions): Metric<PredictedRows, "per-class">;
export function recall(options: AverageOptions | NoAverageOptions = {}) {
  checkNames("recall", options, ["average"]);
  const description = "Of the images of a class, the share that was answered with it.";
  return classMetric("recall", { name: "recall", description }, options, ({ truePositives, support }) =>
    ratio(truePositives, support),
  );
}
