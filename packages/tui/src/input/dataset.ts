// From `--data` and the environment to a dataset in memory.
import { type Dataset, TrainscopeError } from "@trainscope/core";
import { createSample, findCifar10, loadCifar10 } from "@trainscope/data-cifar";

export interface ChosenDataset {
  readonly dataset: Dataset;
  /** Where it was read from; left out for the sample, which is made. */
  readonly directory?: string;
  /** Said to the user: something was chosen for them. */
  readonly notice?: string;
}

/**
 * `choice` is "sample", "cifar10" or a folder; where left out, CIFAR-10 if it is there, else the sample.
 * Throws `DATA_NOT_FOUND` or `BAD_DATA`.
 */
export async function chooseDataset(
  choice: string | undefined,
  trainOn: "batch1" | "all",
): Promise<ChosenDataset> {
  if (choice === "sample") return { dataset: createSample() };
  const directory = choice === "cifar10" ? undefined : choice;
  const found = await findCifar10({
    ...(directory === undefined ? {} : { directory }),
    environment: process.env,
  });
  if (found !== undefined) {
    return { dataset: await loadCifar10(found.directory, { trainOn }), directory: found.directory };
  }
  if (choice === "cifar10") {
    throw new TrainscopeError("DATA_NOT_FOUND", "CIFAR-10 is neither in CIFAR10_DIR nor in the cache folder", {
      hint: 'Fetch it with "trainscope data download", name its folder with --data DIR, or use --data sample.',
    });
  }
  return {
    dataset: createSample(),
    notice: 'CIFAR-10 was not found; this is the built-in sample. "trainscope data download" fetches CIFAR-10.',
  };
}
