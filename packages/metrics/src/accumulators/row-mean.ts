// The mean of a figure that each row has by itself.
import type { MetricBatch } from "@trainscope/core";

export interface RowMean {
  readonly sum: number;
  readonly rows: number;
}

const NONE: RowMean = { sum: 0, rows: 0 };

/** `sumOf` gives the sum of a batch's rows: a call for each row would take longer than most of the figures. */
export function rowMean(sumOf: (batch: MetricBatch) => number) {
  return {
    init: (): RowMean => NONE,
    update: ({ sum, rows }: RowMean, batch: MetricBatch): RowMean => ({
      sum: sum + sumOf(batch),
      rows: rows + batch.size,
    }),
    merge: (a: RowMean, b: RowMean): RowMean => ({ sum: a.sum + b.sum, rows: a.rows + b.rows }),
    result: ({ sum, rows }: RowMean): number | null => (rows === 0 ? null : sum / rows),
  };
}
