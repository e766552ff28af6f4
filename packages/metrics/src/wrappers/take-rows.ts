import type { MetricBatch } from "@trainscope/core";

/** Those rows of a batch, in their order; one that is there twice comes twice. */
export function takeRows(batch: MetricBatch, rows: readonly number[]): MetricBatch {
  const { classes, probabilities, labels, losses } = batch;
  const kind = probabilities.constructor as Float64ArrayConstructor;
  const taken = new kind(rows.length * classes);
  rows.forEach((row, i) => {
    taken.set(probabilities.subarray(row * classes, (row + 1) * classes), i * classes);
  });
  return {
    ...batch,
    size: rows.length,
    probabilities: taken,
    labels: Uint8Array.from(rows, (row) => labels[row] as number),
    losses: kind.from(rows, (row) => losses[row] as number),
    images() {
      const all = batch.images();
      const each = all.length / batch.size;
      const images = new (all.constructor as new (length: number) => typeof all)(rows.length * each);
      rows.forEach((row, i) => {
        images.set(all.subarray(row * each, (row + 1) * each), i * each);
      });
      return images;
    },
  };
}
