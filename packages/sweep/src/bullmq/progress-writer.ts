// Writes how far a task is into its job, no more often than anyone wants to see it.
import type { TaskProgress } from "../task-queue.ts";
import type { JobProgress } from "./job.ts";

const EVERY_MS = 1_000;

/** As much of BullMQ's job as is used. */
interface ProgressOfJob {
  updateProgress(progress: JobProgress): Promise<void>;
}

export interface ProgressWriter {
  readonly write: (progress: TaskProgress) => void;
  /** What was given first is in Redis. */
  written(): Promise<void>;
  close(): void;
}

export function createProgressWriter(job: ProgressOfJob, first: JobProgress): ProgressWriter {
  let latest = first;
  let lastWritten = first;
  let isWriting = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  /** One at a time: where Redis is away they would pile up. */
  function schedule(): void {
    if (isWriting || latest === lastWritten) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      isWriting = true;
      lastWritten = latest;
      const end = (): void => {
        isWriting = false;
        schedule();
      };
      // One that fails is told by the next.
      job.updateProgress(latest).then(end, end);
    }, EVERY_MS);
  }

  return {
    written: () => job.updateProgress(first),
    write({ reached, values }) {
      if (isClosed) return;
      const isFurther = reached > latest.reached;
      const furthest = Math.max(reached, latest.reached);
      latest = { ...latest, values, reached: furthest, inVain: isFurther ? 0 : latest.inVain };
      schedule();
    },
    close() {
      isClosed = true;
      // Nothing is left to be told.
      lastWritten = latest;
      clearTimeout(timer);
    },
  };
}
