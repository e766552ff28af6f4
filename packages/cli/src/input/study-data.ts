// From `--data` and the environment to the data sets of a study.
import { loadCifar10Study } from "@trainscope/data-cifar";
import type { DataPart } from "@trainscope/runs/choices";
import { type StudyData, type StudyPart, studyDataOf } from "@trainscope/study";
import { type LocatedData, load, locateData, withCommand } from "./dataset.ts";

export interface ChosenStudyData extends LocatedData {
  readonly data: StudyData;
}

/** The data sets of a study, chosen as `chooseDataset` does. */
export async function chooseStudyData(
  choice: string | undefined,
  part: StudyPart,
  taken: DataPart,
): Promise<ChosenStudyData> {
  const located = await locateData(choice);
  const { found } = located;
  if (found?.isBinaryCifar10 && taken.labels === "fine")
    return { ...located, data: await withCommand(loadCifar10Study(found.path, part)) };
  const data = studyDataOf(await load(located, taken));
  return { ...located, data: part === "basic" ? { ...data, optional: null } : data };
}
