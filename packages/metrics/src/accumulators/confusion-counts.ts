// How often a class was answered for a label: what every score of answers is made of.
import type { MetricBatch } from "@trainscope/core";
import { predictedClass } from "@trainscope/core/analysis";

export interface ConfusionCounts {
  /** `K`; 0 before the first batch. */
  readonly classes: number;
  /** `K x (K + 1)`: entry `[i][j]` is how many images of class i were answered j; `[i][K]` had no answer. */
  readonly counts: Float64Array;
}

const NONE: ConfusionCounts = { classes: 0, counts: new Float64Array(0) };

/** An image whose probabilities are no numbers has no answer. */
export const confusionCounts = {
  shared: Symbol("confusion counts"),

  init: (): ConfusionCounts => NONE,

  update(state: ConfusionCounts, { size, classes, probabilities, labels }: MetricBatch): ConfusionCounts {
    const width = classes + 1;
    const { counts } = state.classes > 0 ? state : { counts: new Float64Array(classes * width) };
    for (let row = 0; row < size; row++) {
      const answer = predictedClass(probabilities, row * classes, classes);
      const place = (labels[row] as number) * width + (answer < 0 ? classes : answer);
      counts[place] = (counts[place] as number) + 1;
    }
    return { classes, counts };
  },

  merge(a: ConfusionCounts, b: ConfusionCounts): ConfusionCounts {
    const [some, others] = a.classes === 0 ? [b, a] : [a, b];
    const counts = some.counts.map((count, i) => count + (others.counts[i] ?? 0));
    return { classes: some.classes, counts };
  },
};

/** Images of class `k`. */
export function supportOf({ classes, counts }: ConfusionCounts, k: number): number {
  let support = 0;
  for (let j = 0; j <= classes; j++) support += counts[k * (classes + 1) + j] as number;
  return support;
}

/** Images that were answered `k`; with `k = K` those that had no answer. */
export function answeredOf({ classes, counts }: ConfusionCounts, k: number): number {
  let answered = 0;
  for (let label = 0; label < classes; label++) answered += counts[label * (classes + 1) + k] as number;
  return answered;
}

/** Images of class `k` that were answered `k`. */
export function truePositivesOf({ classes, counts }: ConfusionCounts, k: number): number {
  return counts[k * (classes + 1) + k] as number;
}
