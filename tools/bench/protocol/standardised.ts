// Standardised float32 images: what programs prepare that take their data as one array of numbers.
import type { EpochJobData } from "../work/epoch-job.ts";

/** `n x inputs`, in the order of the split. */
export function standardised(data: EpochJobData, split: "train" | "validation"): Float32Array {
  const { inputs } = data.job;
  const { means, deviations } = data.statistics;
  return Float32Array.from(
    data[split].images,
    (value, i) => (value - (means[i % inputs] as number)) / (deviations[i % inputs] as number),
  );
}
