// A run's model, to classify with.
import { type Classifier, classifierOf } from "@trainscope/core";
import { readCheckpoint } from "../checkpoints/checkpoints.ts";
import { chooseCheckpoint } from "./choose-checkpoint.ts";
import type { Wanted } from "./wanted.ts";

/**
 * The model of a run's checkpoint: the newest, that of an epoch, or of the best epoch that is kept.
 *
 * @param folder - the run's
 * @throws TrainscopeError `BAD_OPTION`, with the epochs that there are, where the run has no such checkpoint; `BAD_DATA` where it
 * is damaged, or of an earlier version, which didn't keep what its parameters mean
 * @example
 * const { labels } = predict(await readModel("runs/2026-11-30-1", "best"), images);
 */
export async function readModel(folder: string, wanted: Wanted = "last"): Promise<Classifier> {
  const { path } = await chooseCheckpoint(folder, wanted);
  return classifierOf(await readCheckpoint(path));
}
