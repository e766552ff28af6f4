// The mean of a figure that each row has by itself.
import type { MetricBatch } from "@trainscope/core";

export interface RowMean {
  readonly sum: number;
  readonly rows: number;
}

const NONE: RowMean = { sum: 0, rows: 0 };

/** `figure` gets a batch and a row of it, from 0. */
export function rowMean(figure: (batch: MetricBatch, row: number) => number) {
  return {
    init: (): RowMean => NONE,
    update({ sum, rows }: RowMean, batch: MetricBatch): RowMean {
      let total = sum;
      for (let row = 0; row < batch.size; row++) total += figure(batch, row);
      return { sum: total, rows: rows + batch.size };
    },
    merge: (a: RowMean, b: RowMean): RowMean => ({ sum: a.sum + b.sum, rows: a.rows + b.rows }),
    result: ({ sum, rows }: RowMean): number | null => (rows === 0 ? null : sum / rows),
  };
}
