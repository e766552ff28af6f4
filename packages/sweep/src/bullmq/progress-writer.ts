// Writes how far a task is into its job, no more often than anyone wants to see it.
import type { Job } from "bullmq";
import type { TaskProgress } from "../task-queue.ts";
import type { JobProgress } from "./job.ts";

const EVERY_MS = 1_000;

export interface ProgressWriter {
  readonly write: (progress: TaskProgress) => void;
  /** What was given first is in Redis. */
  written(): Promise<void>;
  close(): void;
}

export function createProgressWriter(job: Job, first: JobProgress): ProgressWriter {
  let latest = first;
  let timer: NodeJS.Timeout | undefined;
  return {
    written: () => job.updateProgress(first),
    write({ reached, values }) {
      const isFurther = reached > latest.reached;
      const furthest = Math.max(reached, latest.reached);
      latest = { ...latest, values, reached: furthest, inVain: isFurther ? 0 : latest.inVain };
      timer ??= setTimeout(() => {
        timer = undefined;
        // Where Redis is away, the next one tells it.
        job.updateProgress(latest).catch(() => {});
      }, EVERY_MS);
    },
    close: () => clearTimeout(timer),
  };
}
