// Why a tab of weights or answers is empty: nothing yet, or nothing there ever will be where the run is shown.

import type { Source } from "@trainscope/core/source";
import type { DashboardState } from "../model/state.ts";

type Known = Pick<DashboardState, "recorded" | "recordedBefore" | "phase">;

/** What a tab would show, as it stands in a sentence. */
export interface Absent {
  /** `the templates appear`. */
  readonly appear: string;
  /** `this run tells no weights`. */
  readonly never: string;
}

/** Of the weights, which a checkpoint has. */
export function weightsAbsence(
  { recorded, recordedBefore, phase }: Known,
  source: Source,
  { appear, never }: Absent,
): string {
  if (source.kind === "replay") {
    if (source.making !== undefined) return `${appear} when epoch ${source.making} has been trained again`;
    return `no checkpoint at or before epoch ${source.epoch} of this run`;
  }
  if (source.kind === "attached" && phase !== "ended") return `${appear} with the run's first checkpoint`;
  if (recorded - recordedBefore > 1 || phase === "ended") return never;
  return `${appear} when ${recordedBefore > 0 ? "this" : "the first"} epoch ends`;
}

/** Of the answers to the images, which take a model and the data set. */
export function answersAbsence(state: Known, source: Source, absent: Absent): string {
  if (source.kind === "replay" && source.lacking !== undefined) return source.lacking;
  if (source.kind === "attached" && state.recorded > 1) return `${absent.never}: only its own screen does`;
  return weightsAbsence(state, source, absent);
}
