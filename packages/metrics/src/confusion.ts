import type { Metric } from "@trainscope/core";
import { type PredictedRows, predictedRows } from "./accumulators/predicted-rows.ts";
import { checkChoice, checkNames, HELD_OUT, type MetricOptions } from "./options.ts";

/** What `confusion` takes. */
export interface ConfusionOptions extends MetricOptions {
  /** What counts are a part of: of their row, the images of one class (`true`), or of nothing (where left out). */
  readonly normalize?: "true" | "none";
}

/**
 * The confusion matrix, `K x K`: entry `[i][j]` is how many images of class i were answered j. An image without an answer
 * is left out. Validation and test tell it where `splits` is left out.
 *
 * Source: scikit-learn's `confusion_matrix`, `normalize` included.
 */
export function confusion(options: ConfusionOptions = {}): Metric<PredictedRows, "matrix"> {
  checkNames("confusion", options, ["normalize"]);
  const { name = "confusion", splits = HELD_OUT, normalize = "none" } = options;
  checkChoice("confusion", "normalize", normalize, ["true", "none"]);
  return {
    name,
    splits,
    kind: "matrix",
    display: { axes: ["Answer", "True class"] },
    description: "How often each class is answered for each: the confusion matrix.",
    ...predictedRows,
    result({ classes, counts }) {
      if (classes === 0) return null;
      return Array.from({ length: classes }, (_, i) => {
        const row = counts.slice(i * (classes + 1), i * (classes + 1) + classes);
        if (normalize === "none") return row;
        const total = row.reduce((sum, count) => sum + count, 0);
        return total === 0 ? row : row.map((count) => count / total);
      });
    },
  };
}
