import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import { type RowMean, rowMean } from "./accumulators/row-mean.ts";
import { checkNames, checkWhole, type MetricOptions } from "./options.ts";

/**
 * The share of images whose label is among the `k` most probable classes (5 where left out):
 * `mean(#{j : p_j > p_y, or p_j = p_y and j < y} < k)`. Of equals the first counts as more probable, so that top-1 is accuracy. A
 * label whose probability is no number is no hit.
 *
 * Source: Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, 2015; scikit-learn's
 * `top_k_accuracy_score`, which lets the last of equals come first.
 */
export function topK(options: MetricOptions & { readonly k?: number } = {}): Metric<RowMean> {
  checkNames("topK", options, ["k"]);
  const { k = 5, name = `top-${k}`, splits = SPLITS } = options;
  checkWhole("topK", "k", k, 1);
  return {
    description: `The share of images whose label is among the ${k} most probable classes.`,
    name,
    splits,
    direction: "max",
    unit: "fraction",
    display: { range: [0, 1] },
    ...rowMean(({ size, probabilities, classes, labels }) => {
      let hits = 0;
      for (let row = 0; row < size; row++) {
        const start = row * classes;
        const label = labels[row] as number;
        const own = probabilities[start + label] as number;
        if (Number.isNaN(own)) continue;
        // Sums of comparisons rather than branches on them, which a processor could only guess: a tenth of the time.
        let before = 0;
        for (let j = 0; j < label; j++) before += Number((probabilities[start + j] as number) >= own);
        for (let j = label + 1; j < classes; j++) before += Number((probabilities[start + j] as number) > own);
        if (before < k) hits++;
      }
      return hits;
    }),
  };
}
