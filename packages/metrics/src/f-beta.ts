import type { Metric } from "@trainscope/core";
import type { PredictedRows } from "./accumulators/predicted-rows.ts";
import { type AverageOptions, classMetric, type NoAverageOptions, ratio } from "./average.ts";
import { checkNames, checkPositive } from "./options.ts";

interface BetaOption {
  /** How many times as important recall is as precision; 1 where left out. */
  readonly beta?: number;
}

/**
 * Precision and recall in one figure, recall `beta` times as important (1 where left out, their harmonic mean):
 * `(1 + beta²) TP / ((1 + beta²) TP + beta² FN + FP)`, averaged over classes.
 *
 * Source: van Rijsbergen, Information Retrieval, 1979, chapter 7; scikit-learn's `fbeta_score` with `zero_division=0`.
 */
export function fBeta(options?: AverageOptions & BetaOption): Metric<PredictedRows>;
export function fBeta(options: NoAverageOptions & BetaOption): Metric<PredictedRows, "per-class">;
export function fBeta(options: (AverageOptions | NoAverageOptions) & BetaOption = {}) {
  checkNames("fBeta", options, ["beta", "average"]);
  const { beta = 1 } = options;
  checkPositive("fBeta", "beta", beta);
  const name = `f${String(beta).replace(".", "-")}`;
  const description =
    beta === 1
      ? "The harmonic mean of precision and recall."
      : `Precision and recall in one, recall ${beta} times as important.`;
  const weight = beta ** 2;
  return classMetric("fBeta", { name, description }, options, ({ truePositives, answered, support }) =>
    ratio((1 + weight) * truePositives, answered + weight * support),
  );
}
