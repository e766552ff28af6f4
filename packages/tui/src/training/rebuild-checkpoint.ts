// The checkpoint of an epoch that left none: the run is trained again from the nearest before it, which gives the same bits.
import {
  type Checkpoint,
  type EngineFactory,
  mergeScripts,
  scriptOf,
  type TrainOptions,
  TrainscopeError,
  train,
} from "@trainscope/core";
import { firstValueFrom, lastValueFrom, Subject, takeUntil } from "rxjs";
import type { StoredRun } from "../run-files/read-run.ts";
import type { RunRecord } from "../run-files/run-record.ts";
import { findStanding, readParentCheckpoint } from "./standing.ts";

export interface RebuildOptions extends Pick<TrainOptions, "dataset" | "metrics"> {
  readonly run: StoredRun;
  readonly record: RunRecord;
  readonly engine: EngineFactory;
}

/** After a whole epoch that the run has finished. Throws `BAD_OPTION` where it doesn't come to that. */
export async function rebuildCheckpoint(options: RebuildOptions, epoch: number): Promise<Checkpoint> {
  const { run, record, engine, dataset, metrics } = options;
  const { standing } = await findStanding(run, epoch);
  if (standing?.checkpoint.epoch === epoch && standing.checkpoint.isWholeEpoch) return standing.checkpoint;
  const reached = new Subject<Checkpoint>();
  const found = firstValueFrom(reached, { defaultValue: undefined });
  const trained = train({
    ...{ dataset, metrics: metrics ?? [], engine, runId: run.runId },
    ...(standing
      ? { script: record.script, resume: { ...standing, events: run.events } }
      : await fromTheStart(run, record)),
    checkpointEvery: 1,
    async saveCheckpoint(checkpoint) {
      if (checkpoint.epoch === epoch && checkpoint.isWholeEpoch) reached.next(checkpoint);
      return "";
    },
  });
  await lastValueFrom(trained.pipe(takeUntil(reached)), { defaultValue: undefined });
  reached.complete();
  const checkpoint = await found;
  if (checkpoint !== undefined) return checkpoint;
  throw new TrainscopeError("BAD_OPTION", `the run ${run.runId} has no epoch ${epoch}`, {
    hint: "Name one that it has finished with --epoch.",
  });
}

async function fromTheStart({ folder, events }: StoredRun, { settings, script, parent }: RunRecord) {
  const logged = scriptOf(events).filter(({ control }) => control.action !== "stop");
  const fork = parent === null ? undefined : await readParentCheckpoint(folder);
  return { settings, script: mergeScripts(script, logged), ...(fork && { fork }) };
}
