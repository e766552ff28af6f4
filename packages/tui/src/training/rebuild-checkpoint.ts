// The checkpoint of an epoch that left none: the run is trained again from the nearest before it, which gives the same bits.
import {
  type Checkpoint,
  type EngineFactory,
  isPersisted,
  mergeScripts,
  scriptOf,
  type TrainOptions,
  TrainscopeError,
  train,
} from "@trainscope/core";
import { firstValueFrom, fromEvent, lastValueFrom, merge, NEVER, Subject, takeUntil } from "rxjs";
import type { StoredRun } from "../run-files/read-run.ts";
import type { RunRecord } from "../run-files/run-record.ts";
import { findStanding, readParentCheckpoint, type Standing } from "./standing.ts";

export interface RebuildOptions extends Pick<TrainOptions, "dataset" | "metrics"> {
  readonly run: StoredRun;
  readonly record: RunRecord;
  readonly engine: EngineFactory;
  /** One of the run that may be nearer than those on the disk. */
  readonly nearest?: Checkpoint | undefined;
  /** After each whole epoch on the way. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void;
  /** Ends it, with the signal's reason as the error. */
  readonly unwanted?: AbortSignal;
}

/** After a whole epoch that the run has finished. Throws `BAD_OPTION` where it doesn't come to that. */
export async function rebuildCheckpoint(options: RebuildOptions, epoch: number): Promise<Checkpoint> {
  const { run, record, engine, dataset, metrics, onCheckpoint = () => {}, unwanted } = options;
  const standing = await nearestStanding(options, epoch);
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
      if (checkpoint.isWholeEpoch) {
        const own = asInLog(checkpoint, run);
        onCheckpoint(own);
        if (own.epoch === epoch) reached.next(own);
      }
      return "";
    },
  });
  const over = merge(reached, unwanted === undefined ? NEVER : fromEvent(unwanted, "abort"));
  unwanted?.throwIfAborted();
  await lastValueFrom(trained.pipe(takeUntil(over)), { defaultValue: undefined });
  reached.complete();
  unwanted?.throwIfAborted();
  const checkpoint = await found;
  if (checkpoint !== undefined) return checkpoint;
  throw new TrainscopeError("BAD_OPTION", `the run ${run.runId} has no epoch ${epoch}`, {
    hint: "Name one that it has finished with --epoch.",
  });
}

/** Trained again it tells other events than the run did, of checkpoints above all. */
function asInLog(checkpoint: Checkpoint, { events }: StoredRun): Checkpoint {
  const end = events.find((event) => event.type === "epoch:end" && event.epoch === checkpoint.epoch);
  if (end === undefined) return checkpoint;
  const seq = end.seq + 1;
  return { ...checkpoint, seq, logged: events.filter((event) => event.seq < seq && isPersisted(event)).length };
}

async function nearestStanding({ run, nearest }: RebuildOptions, epoch: number): Promise<Standing | undefined> {
  if (nearest?.epoch === epoch) return { checkpoint: nearest, path: "" };
  const { standing } = await findStanding(run, epoch);
  if (nearest === undefined || (standing?.checkpoint.epoch ?? 0) >= nearest.epoch) return standing;
  return { checkpoint: nearest, path: "" };
}

async function fromTheStart({ folder, events }: StoredRun, { settings, script, parent }: RunRecord) {
  const logged = scriptOf(events).filter(({ control }) => control.action !== "stop");
  const fork = parent === null ? undefined : await readParentCheckpoint(folder);
  return { settings, script: mergeScripts(script, logged), ...(fork && { fork }) };
}
