// From `--data` and the environment to a dataset in memory.
import type { Dataset } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { createSample, findCifar10, loadCifar10, loadCifar10Study } from "@trainscope/data-cifar";
import type { TrainOn } from "@trainscope/runs";
import { type StudyData, type StudyPart, studyDataOf } from "@trainscope/study";

interface LocatedData {
  /** CIFAR-10's folder; left out for the sample, which is made. */
  readonly directory?: string;
  /** Said to the user: something was chosen for them. */
  readonly notice?: string;
}

export interface ChosenDataset extends LocatedData {
  readonly dataset: Dataset;
}

export interface ChosenStudyData extends LocatedData {
  readonly data: StudyData;
}

/**
 * `choice` is "sample", "cifar10" or a folder; where left out, CIFAR-10 if it is there, else the sample.
 * Throws `DATA_NOT_FOUND` or `BAD_DATA`.
 */
export async function chooseDataset(choice: string | undefined, trainOn: TrainOn): Promise<ChosenDataset> {
  const located = await locateData(choice);
  const { directory } = located;
  const dataset =
    directory === undefined ? createSample() : await withCommand(loadCifar10(directory, { trainOn }));
  return { ...located, dataset };
}

/** The data sets of a study, chosen as `chooseDataset` does. */
export async function chooseStudyData(choice: string | undefined, part: StudyPart): Promise<ChosenStudyData> {
  const located = await locateData(choice);
  const { directory } = located;
  if (directory !== undefined)
    return { ...located, data: await withCommand(loadCifar10Study(directory, part)) };
  const data = studyDataOf(createSample());
  return { ...located, data: part === "basic" ? { ...data, optional: null } : data };
}

async function locateData(choice: string | undefined): Promise<LocatedData> {
  if (choice === "sample") return {};
  const directory = choice === "cifar10" ? undefined : choice;
  const found = await withCommand(findCifar10({ directory, origin: "--data" }));
  if (found !== undefined) return { directory: found.directory };
  if (choice === "cifar10") {
    throw new TrainscopeError("DATA_NOT_FOUND", "CIFAR-10 is neither in CIFAR10_DIR nor in the cache folder", {
      hint: 'Fetch it with "trainscope data download", name its folder with --data DIR, or use --data sample.',
    });
  }
  return {
    notice: 'CIFAR-10 was not found; this is the built-in sample. "trainscope data download" fetches CIFAR-10.',
  };
}

/** Of data that isn't there, or is damaged, the hint names the command that fetches it. */
async function withCommand<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (cause) {
    if (!(cause instanceof TrainscopeError) || !["BAD_DATA", "DATA_NOT_FOUND"].includes(cause.code))
      throw cause;
    const hint = `${cause.hint ?? ""} "trainscope data download" fetches and checks it.`.trim();
    throw new TrainscopeError(cause.code, cause.message, { hint, cause });
  }
}
