// CIFAR-10 as a study needs it: several ways of splitting the training pictures, all views of one memory.

import type { Dataset } from "@trainscope/core";
import { requireArgument } from "@trainscope/core/errors";
import { RECORDS_PER_FILE, TRAINING_FILES } from "./layout.ts";
import { heldOut, loadCifar10, readFiles } from "./load.ts";

/** As `@trainscope/study` takes them. */
export interface Cifar10Study {
  /** Trained on and validated as the assignment says. */
  readonly assignment: Dataset;
  /** For the optional part; `null` where only the basic part's images were read. */
  readonly optional: { readonly small: Dataset; readonly large: Dataset; readonly final: Dataset } | null;
  readonly isCifar10: true;
}

/**
 * `basic` reads data_batch_1 to train on, data_batch_2 to validate with, and test_batch. `full` reads all batches:
 * variants train on data_batch_1 or on 1 to 4 and validate with data_batch_5; the final model trains on all pictures
 * but the last 1,000, which validate it.
 *
 * Throws as `loadCifar10` does.
 */
export async function loadCifar10Study(directory: string, part: "basic" | "full"): Promise<Cifar10Study> {
  requireArgument("loadCifar10Study", "directory", directory, "a text");
  return await loadStudyFiles(directory, part, RECORDS_PER_FILE);
}

/** `loadCifar10Study` for files of `records` pictures each. */
export async function loadStudyFiles(
  directory: string,
  part: "basic" | "full",
  records: number,
): Promise<Cifar10Study> {
  if (part === "basic") {
    const assignment = await loadCifar10(directory, { trainOn: "batch1", recordsPerFile: records });
    return { assignment, optional: null, isCifar10: true };
  }
  const split = await readFiles(directory, TRAINING_FILES, records);
  const training = TRAINING_FILES.length * records;
  const kept = training - heldOut(training);
  const last: readonly [number, number] = [training - records, training];
  return {
    assignment: split("CIFAR-10 (data_batch_1)", [0, records], [records, 2 * records]),
    optional: {
      small: split("CIFAR-10 (data_batch_1, validated on data_batch_5)", [0, records], last),
      large: split("CIFAR-10 (data_batch_1 to data_batch_4)", [0, training - records], last),
      final: split("CIFAR-10 (all training data)", [0, kept], [kept, training]),
    },
    isCifar10: true,
  };
}
