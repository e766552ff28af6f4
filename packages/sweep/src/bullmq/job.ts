// What a job of the queue is beside its data, which the caller's schema checks: its name, its options, and its progress.
import { type Checked, COUNT, checkShape, METRIC_VALUES, STRING, shapeOf } from "@trainscope/core/schema";
import type { JobsOptions } from "bullmq";
import type { TaskProgress } from "../task-queue.ts";

export const JOB_NAME = "trial";

/** A task is given up after so many starts, one after another, of which none got further than those before. */
export const MOST_STARTS = 3;

const WEEK_S = 7 * 24 * 3600;
/** What has finished stays for coordinators that are away meanwhile, so long and so many at most. */
const KEPT = { age: WEEK_S, count: 10_000 };

export function optionsFor(key: string): JobsOptions {
  return {
    jobId: key,
    // A worker that fails, and one that dies, count alike: see MOST_STARTS.
    attempts: MOST_STARTS,
    removeOnComplete: KEPT,
    removeOnFail: KEPT,
    // Traces are of no use elsewhere.
    stackTraceLimit: 0,
  };
}

/** Told by whoever has the task. */
export interface JobProgress extends TaskProgress {
  /** In all. */
  readonly starts: number;
  /** Of those, since it got further for the last time. */
  readonly inVain: number;
  readonly worker: string;
}

const PROGRESS = shapeOf({
  starts: COUNT,
  inVain: COUNT,
  reached: COUNT,
  worker: STRING,
  values: METRIC_VALUES,
});

/** Of a job that nobody has begun BullMQ says 0. */
export function checkProgress(value: unknown): Checked<JobProgress | undefined> {
  return value === 0 ? { value: undefined } : checkShape(PROGRESS, value);
}
