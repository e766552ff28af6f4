// The images that a run was trained on, found again, and known for the same by their SHA-256.

import type { Dataset, TrainscopeConfig } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { SPLITS } from "@trainscope/core/events";
import { describeData, type RunRecord } from "@trainscope/runs/record";
import { CONFIGURED } from "../input/configured-data.ts";
import { chooseDataset } from "../input/dataset.ts";

/** `choice` as for `--data`, where the run's own place is not meant. Throws `DATA_NOT_FOUND` or `BAD_DATA`. */
export async function loadRecordedData(
  { data }: Pick<RunRecord, "data">,
  choice: string | undefined,
  configured?: TrainscopeConfig["data"],
): Promise<Dataset> {
  const source = choice ?? recordedSource(data, configured);
  const { dataset } = await chooseDataset(source, data);
  return dataset;
}

function recordedSource({ source, name }: RunRecord["data"], configured: TrainscopeConfig["data"]) {
  if (source !== CONFIGURED) return source === "" ? undefined : source;
  if (typeof configured === "function") return configured;
  throw new TrainscopeError("DATA_NOT_FOUND", `${name} came from a configuration's data(), which isn't there`, {
    hint: "Name that configuration with --config.",
  });
}

/** What tells the data set from the run's, as a clause; `undefined` where it is the same to the last bit. */
export function differenceOf({ data }: Pick<RunRecord, "data">, dataset: Dataset): string | undefined {
  const found = describeData(dataset);
  for (const split of SPLITS) {
    const [images, expected] = [found.counts[split], data.counts[split]];
    if (images !== expected) return `its ${split} split has ${images} images, the run's ${expected}`;
    const [sha256, before] = [found.sha256[split], data.sha256[split]];
    if (sha256 !== before) {
      return `its ${split} split has the SHA-256 ${sha256.slice(0, 12)}..., the run's ${before.slice(0, 12)}...`;
    }
  }
  return undefined;
}

/** Throws `BAD_DATA` where the data set is not that of the run. */
export function requireSameData(record: Pick<RunRecord, "data" | "runId">, dataset: Dataset): void {
  const difference = differenceOf(record, dataset);
  if (difference === undefined) return;
  throw new TrainscopeError(
    "BAD_DATA",
    `${dataset.name} is not the data that ${record.runId} was trained on, ${record.data.name}: ${difference}`,
    { hint: "Name the folder of the same images with --data." },
  );
}
