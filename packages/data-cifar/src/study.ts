// CIFAR-10 as a study needs it: several ways of splitting the training pictures, all views of one memory.
import type { StudyData, StudyPart } from "@trainscope/core";
import { RECORDS_PER_FILE, TRAINING_FILES } from "./layout.ts";
import { heldOut, loadCifar10, readFiles } from "./load.ts";

/**
 * `basic` reads data_batch_1 to train on, data_batch_2 to validate with, and test_batch. `full` reads all batches:
 * variants train on data_batch_1 or on 1 to 4 and validate with data_batch_5; the final model trains on all pictures
 * but the last 1,000, which validate it.
 *
 * Throws as `loadCifar10` does.
 */
export function loadCifar10Study(directory: string, part: StudyPart): Promise<StudyData> {
  return loadStudyFiles(directory, part, RECORDS_PER_FILE);
}

/** `loadCifar10Study` for files of `records` pictures each. */
export async function loadStudyFiles(directory: string, part: StudyPart, records: number): Promise<StudyData> {
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
