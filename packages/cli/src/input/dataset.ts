// From `--data` and the environment to a dataset in memory.
import type { Dataset } from "@trainscope/core";
import { type ErrorCode, TrainscopeError } from "@trainscope/core/errors";
import { createSample, type FoundData, findData, loadData } from "@trainscope/data-cifar";
import type { DataPart } from "@trainscope/runs/choices";
import { callForData, type DataChoice } from "./configured-data.ts";

export interface LocatedData {
  /** Where it was read from; left out for the sample, which is made. */
  readonly found?: FoundData;
  /** Said to the user: something was chosen for them. */
  readonly notice?: string;
}

export interface ChosenDataset extends LocatedData {
  readonly dataset: Dataset;
}

/**
 * `choice` is "sample", "cifar10", a path, or a function of a configuration; where left out, CIFAR-10 if it is there, else the sample.
 * Throws `DATA_NOT_FOUND` or `BAD_DATA`, and `BAD_OPTION` for labels that the data doesn't have.
 */
export async function chooseDataset(choice: DataChoice | undefined, part: DataPart): Promise<ChosenDataset> {
  if (typeof choice === "function") return { dataset: await callForData(choice) };
  const located = await locateData(choice);
  let notice = located.notice;
  const dataset = await load(located, part, (files) => {
    const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : "";
    notice = `Passed over, as they hold no data: ${files.slice(0, MOST_NAMED).join(", ")}${more}.`;
  });
  return { ...located, ...(notice !== undefined && { notice }), dataset };
}

/** So many of the files that are passed over are named. */
const MOST_NAMED = 5;

/** Throws as `chooseDataset` does. */
export async function load(
  { found }: LocatedData,
  part: DataPart,
  onPassedOver: (files: readonly string[]) => void = () => {},
): Promise<Dataset> {
  if (found !== undefined) {
    const loading = loadData(found.path, { ...part, origin: found.origin, onPassedOver });
    return await withCommand(loading, found.isBinaryCifar10 ? CIFAR10_CODES : ["DATA_NOT_FOUND"]);
  }
  if (part.labels === "fine") return createSample();
  throw new TrainscopeError("BAD_OPTION", "the built-in sample has no coarse labels", {
    hint: "Name CIFAR-100 with --data, or leave out --labels coarse.",
  });
}

/** Where the data is that `choice` names. Throws `BAD_OPTION` for the sample, which has no files. */
export async function locateFiles(choice: string | undefined): Promise<string> {
  const { found } = await locateData(choice);
  if (found !== undefined) return found.path;
  throw new TrainscopeError(
    "BAD_OPTION",
    "there are no files to verify: the built-in sample is made, not read",
    {
      hint: "Name a folder or an archive with --data.",
    },
  );
}

/** Where the images are that `--data` names. */
export async function locateData(choice: string | undefined): Promise<LocatedData> {
  if (choice === "sample") return {};
  const directory = choice === "cifar10" ? undefined : choice;
  const found = await withCommand(findData({ directory, origin: "--data" }));
  if (found !== undefined) return { found };
  if (choice === "cifar10") {
    throw new TrainscopeError("DATA_NOT_FOUND", "CIFAR-10 is neither in CIFAR10_DIR nor in the cache folder", {
      hint: 'Fetch it with "trainscope data download", name its folder with --data DIR, or use --data sample.',
    });
  }
  return {
    notice: 'CIFAR-10 was not found; this is the built-in sample. "trainscope data download" fetches CIFAR-10.',
  };
}

const CIFAR10_CODES: readonly ErrorCode[] = ["BAD_DATA", "DATA_NOT_FOUND"];

/** Of data that isn't there, or is CIFAR-10 and damaged, the hint names the command that fetches it. */
export async function withCommand<T>(loading: Promise<T>, codes = CIFAR10_CODES): Promise<T> {
  try {
    return await loading;
  } catch (cause) {
    if (!(cause instanceof TrainscopeError) || !codes.includes(cause.code)) throw cause;
    const hint = `${cause.hint ?? ""} "trainscope data download" fetches and checks it.`.trim();
    throw new TrainscopeError(cause.code, cause.message, { hint, cause });
  }
}
