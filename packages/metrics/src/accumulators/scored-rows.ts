// Every row's probabilities and label, for figures that need them in order.
import type { MetricBatch } from "@trainscope/core";
import { append, type Numbers } from "./append.ts";

export interface ScoredRows {
  /** `K`; 0 before the first batch. */
  readonly classes: number;
  /** `n`. */
  readonly rows: number;
  /** `n x K`, row-major, and room for more. */
  readonly scores: Numbers;
  /** `n`, and room for more. */
  readonly labels: Uint8Array;
}

export const scoredRows = {
  init: (): ScoredRows => ({
    ...{ classes: 0, rows: 0, scores: new Float32Array(0), labels: new Uint8Array(0) },
  }),

  update({ rows, ...state }: ScoredRows, batch: MetricBatch): ScoredRows {
    const { size, classes, probabilities } = batch;
    return {
      classes,
      rows: rows + size,
      scores: append(state.scores, rows * classes, probabilities),
      labels: append(state.labels, rows, batch.labels),
    };
  },
};
