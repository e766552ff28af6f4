// Where tasks are done: here, several at a time, or by whichever machine takes them from a queue.

/** How far a task has come. Plain data. */
export interface TaskProgress {
  /** Counts up, such as epochs. */
  readonly reached: number;
  /** What is told of it there. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Who asked for a task, while it is under way. */
export interface TaskWatcher {
  readonly signal: AbortSignal;
  /** Somebody begins with it, or goes on with it: a worker's name. After the loss of a worker it may be begun again. */
  readonly onStart: (worker: string) => void;
  readonly onProgress: (progress: TaskProgress) => void;
}

/** Tasks and outcomes are plain data, so that both may travel. */
export interface TaskQueue<Task, Outcome> {
  /**
   * What the task comes to. The key names it: whoever asks for the same key gets the same outcome. Rejects with the signal's
   * reason where it aborts, with `TRIAL_LOST` where the task was given up, and as `perform` does.
   */
  run(key: string, task: Task, watcher: TaskWatcher): Promise<Outcome>;
}

/** What `Perform` is given beside the task. */
export interface PerformOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TaskProgress) => void;
}

/** Carries a task out, and gives its outcome. */
export type Perform<Task, Outcome> = (task: Task, options: PerformOptions) => Promise<Outcome>;

/** In this process, so many at a time; the others wait, in the order in which they came. Workers are named from 1. */
export function createTaskPool<Task, Outcome>(
  size: number,
  perform: Perform<Task, Outcome>,
): TaskQueue<Task, Outcome> {
  const free = Array.from({ length: size }, (_, index) => size - index);
  const waiting: ((worker: number) => void)[] = [];
  return {
    async run(_key, task, { signal, onStart, onProgress }) {
      const worker = free.pop() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
      try {
        signal.throwIfAborted();
        onStart(String(worker));
        return await perform(task, { signal, onProgress });
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(worker);
        else next(worker);
      }
    },
  };
}
