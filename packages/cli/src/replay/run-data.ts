// The data set that a run was trained on, where it is at hand.
import type { Dataset, TrainscopeConfig } from "@trainscope/core";
import { messageOf, stackOf } from "@trainscope/core/errors";
import { digest, type RunRecord } from "@trainscope/runs/record";
import { loadRecordedData } from "../training/recorded-data.ts";

/** The data set, or why it isn't at hand: in short, as a clause, and where there is more to say, all of it, with the stack. */
export type RunData =
  | { readonly dataset: Dataset }
  | { readonly lacking: string; readonly details?: string; readonly stack?: string | undefined };

/**
 * Where the run had it from, or else where data is usually found; `configured` is the `data` of its configuration. Only a data set with the run's own checksums counts: another one's answers would be taken for the run's.
 */
export async function findRunData(
  record: RunRecord | undefined,
  configured?: TrainscopeConfig["data"],
): Promise<RunData> {
  if (record === undefined) return { lacking: "run.json doesn't tell which images it was trained on" };
  const { name, sha256 } = record.data;
  try {
    const dataset = await loadRecordedData(record, undefined, configured);
    const isSame = digest(dataset.train) === sha256.train && digest(dataset.validation) === sha256.validation;
    if (isSame) return { dataset };
    return { lacking: "the images that are at hand aren't this run's: name its own with --data" };
  } catch (error) {
    return {
      lacking: `${name} is not at hand: name its folder with --data`,
      details: messageOf(error),
      stack: stackOf(error),
    };
  }
}
