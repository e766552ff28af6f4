// The checkpoint of an epoch that left none: the run is trained again from the nearest before it, which gives the same bits.
import { type Checkpoint, type EngineFactory, scriptOf, type TrainOptions, train } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import {
  type Environment,
  isPersisted,
  type RunResumeEvent,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core/events";
import { environmentChanges, mergeScripts } from "@trainscope/core/training";
import type { StoredRun } from "@trainscope/runs";
import type { RunRecord } from "@trainscope/runs/record";
import { firstValueFrom, fromEvent, lastValueFrom, merge, NEVER, Subject, takeUntil, tap } from "rxjs";
import { findResumePoint, type ResumePoint, readParentCheckpoint } from "./resume-point.ts";

export interface RebuildOptions extends Pick<TrainOptions, "dataset" | "metrics"> {
  readonly run: StoredRun;
  readonly record: RunRecord;
  readonly engine: EngineFactory;
  /** One of the run that may be nearer than those on the disk. */
  readonly nearest?: Checkpoint | undefined;
  /** After each whole epoch on the way. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void;
  /** Told before it is trained: what computes now otherwise than in the run, so that its last digits may be others. */
  readonly onOtherMeans?: (changes: readonly string[]) => void;
  /** Told of each event of that training. */
  readonly onEvent?: ((event: TrainingEvent) => void) | undefined;
  /** Ends it, with the signal's reason as the error. */
  readonly unwanted?: AbortSignal;
}

/** After a whole epoch that the run has finished. Throws `BAD_OPTION` where it doesn't come to that. */
export async function rebuildCheckpoint(options: RebuildOptions, epoch: number): Promise<Checkpoint> {
  const { run, record, engine, dataset, metrics, unwanted } = options;
  const { onCheckpoint = () => {}, onOtherMeans = () => {}, onEvent = () => {} } = options;
  const resumePoint = await nearestResumePoint(options, epoch);
  if (resumePoint?.checkpoint.epoch === epoch && resumePoint.checkpoint.isWholeEpoch)
    return resumePoint.checkpoint;
  const reached = new Subject<Checkpoint>();
  const found = firstValueFrom(reached, { defaultValue: undefined });
  const trained = train({
    dataset,
    metrics: metrics ?? [],
    engine,
    runId: run.runId,
    ...(resumePoint
      ? { script: record.script, resume: { ...resumePoint, events: run.events } }
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
  await lastValueFrom(trained.pipe(tap(compareMeans), tap(onEvent), takeUntil(over)), {
    defaultValue: undefined,
  });
  reached.complete();
  unwanted?.throwIfAborted();
  const checkpoint = await found;
  if (checkpoint !== undefined) return checkpoint;
  throw new TrainscopeError("BAD_OPTION", `the run ${run.runId} has no epoch ${epoch}`, {
    hint: "Name one that it has finished with --epoch.",
  });

  function compareMeans(event: TrainingEvent): void {
    if (!isBeginning(event)) return;
    const before = environmentIn(run, epoch);
    const changes = before && event.environment ? environmentChanges(before, event.environment) : [];
    if (changes.length > 0) onOtherMeans(changes);
  }
}

/** What had computed the run when it finished the epoch. */
function environmentIn({ events }: StoredRun, epoch: number): Environment | undefined {
  const end = events.find((event) => event.type === "epoch:end" && event.epoch === epoch);
  return events.filter(isBeginning).findLast(({ seq }) => seq < (end?.seq ?? 0))?.environment;
}

function isBeginning(event: TrainingEvent): event is RunStartEvent | RunResumeEvent {
  return event.type === "run:start" || event.type === "run:resume";
}

/** Trained again it tells other events than the run did, of checkpoints above all. */
function asInLog(checkpoint: Checkpoint, run: StoredRun): Checkpoint {
  const { events } = run;
  const end = events.find((event) => event.type === "epoch:end" && event.epoch === checkpoint.epoch);
  if (end === undefined) return checkpoint;
  const seq = end.seq + 1;
  const logged = events.filter((event) => event.seq < seq && isPersisted(event)).length;
  const environment = environmentIn(run, checkpoint.epoch);
  return { ...checkpoint, seq, logged, ...(environment && { environment }) };
}

async function nearestResumePoint(
  { run, nearest }: RebuildOptions,
  epoch: number,
): Promise<ResumePoint | undefined> {
  if (nearest?.epoch === epoch) return { checkpoint: nearest, path: "" };
  const { resumePoint } = await findResumePoint(run, epoch);
  if (nearest === undefined || (resumePoint?.checkpoint.epoch ?? 0) >= nearest.epoch) return resumePoint;
  return { checkpoint: nearest, path: "" };
}

async function fromTheStart({ folder, events }: StoredRun, { settings, script, parent }: RunRecord) {
  const logged = scriptOf(events).filter(({ control }) => control.action !== "stop");
  const fork = parent === null ? undefined : await readParentCheckpoint(folder);
  return { settings, script: mergeScripts(script, logged), ...(fork && { fork }) };
}
