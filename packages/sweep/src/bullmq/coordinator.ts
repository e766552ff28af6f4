// What the coordinator of a queue keeps in mind: who asked for which key, what was told of it, and when to look again.
import { TrainscopeError } from "@trainscope/core/errors";
import type { Checked } from "@trainscope/core/schema";
import type { Job, JobsOptions } from "bullmq";
import type { TaskQueue, TaskWatcher } from "../task-queue.ts";
import { checkProgress, JOB_NAME, optionsFor } from "./job.ts";

type QueuedJob = Pick<Job, "progress" | "finishedOn" | "returnvalue" | "failedReason" | "remove">;

/** As much of BullMQ's queue as is used. */
export interface JobQueue {
  add(name: string, task: object, options: JobsOptions): Promise<unknown>;
  getJob(key: string): Promise<QueuedJob | undefined>;
  getJobState(key: string): Promise<string>;
  getWorkersCount(): Promise<number>;
  getActiveCount(): Promise<number>;
  remove(key: string): Promise<unknown>;
}

export interface CoordinatorOptions<Outcome> {
  readonly queue: JobQueue;
  readonly isReachable: () => boolean;
  readonly checkOutcome: (value: unknown) => Checked<Outcome>;
  /** To be said to the user. */
  readonly tell: (line: string) => void;
  /** How a worker is started, for people. */
  readonly advice: string;
}

interface Asked<Task, Outcome> {
  readonly key: string;
  readonly task: Task;
  readonly watcher: TaskWatcher;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
  /** Before that, what is found under the key is of an earlier time. */
  isSubmitted: boolean;
  isLooking: boolean;
  /** Something was told while it was looked at. */
  looksAgain: boolean;
  /** That were told. */
  starts: number;
}

/** Looks at which no worker took anything before that is told. */
const LOOKS_BEFORE_WARNING = 2;

export class Coordinator<Task extends object, Outcome> implements TaskQueue<Task, Outcome> {
  readonly #options: CoordinatorOptions<Outcome>;
  readonly #asked = new Map<string, Asked<Task, Outcome>>();
  /** Keys that nobody here waits for any more. */
  readonly #left = new Set<string>();
  #idleLooks = 0;
  /** Starts and outcomes that were told, in all, and at the last look at the workers. */
  #progress = 0;
  #progressBefore = 0;

  constructor(options: CoordinatorOptions<Outcome>) {
    this.#options = options;
  }

  async run(key: string, task: Task, watcher: TaskWatcher): Promise<Outcome> {
    const { signal } = watcher;
    signal.throwIfAborted();
    if (this.#asked.has(key)) throw new Error(`the task ${key} is asked for already`);
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const states = { isSubmitted: false, isLooking: false, looksAgain: false, starts: 0 };
    const asked: Asked<Task, Outcome> = { key, task, watcher, resolve, reject, ...states };
    this.#asked.set(key, asked);
    this.#left.delete(key);
    const stop = (): void => {
      this.#left.add(key);
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
    this.#submit(asked).catch(reject);
    try {
      return await promise;
    } finally {
      this.#asked.delete(key);
      signal.removeEventListener("abort", stop);
    }
  }

  /** What was left and nobody has begun is taken back; whoever else asks for it queues it again. */
  async takeBack(): Promise<void> {
    const { queue } = this.#options;
    const takeBack = async (key: string): Promise<void> => {
      if ((await queue.getJobState(key)) === "waiting") await queue.remove(key);
    };
    // A worker that took one meanwhile keeps it.
    await Promise.allSettled([...this.#left].map(takeBack));
    this.#left.clear();
  }

  /** Something was told of the key. */
  lookAt(key: string): void {
    const asked = this.#asked.get(key);
    // Whatever fails, e.g. as the connection broke: the next look comes by itself.
    if (asked !== undefined) this.#look(asked).catch(() => {});
  }

  /** From time to time, since events may be lost with a connection. While Redis is away, questions would only pile up. */
  async lookAtAll(): Promise<void> {
    if (!this.#options.isReachable()) return;
    for (const key of this.#asked.keys()) this.lookAt(key);
    if (this.#asked.size > 0) await this.#lookForWorkers();
  }

  /** One that was given up at an earlier time is tried again; any other that is there goes on, or has its outcome. */
  async #submit(asked: Asked<Task, Outcome>): Promise<void> {
    const { queue } = this.#options;
    const { key, task } = asked;
    const before = await queue.getJob(key);
    if (!this.#isAsked(asked)) return;
    if (before !== undefined && hasFailed(before)) await before.remove();
    await queue.add(JOB_NAME, task, optionsFor(key));
    asked.isSubmitted = true;
    await this.#look(asked);
  }

  #isAsked(asked: Asked<Task, Outcome>): boolean {
    return this.#asked.get(asked.key) === asked;
  }

  async #look(asked: Asked<Task, Outcome>): Promise<void> {
    if (!asked.isSubmitted) return;
    asked.looksAgain = true;
    if (asked.isLooking) return;
    asked.isLooking = true;
    try {
      while (asked.looksAgain && this.#isAsked(asked)) {
        asked.looksAgain = false;
        await this.#lookOnce(asked);
      }
    } finally {
      asked.isLooking = false;
    }
  }

  async #lookOnce(asked: Asked<Task, Outcome>): Promise<void> {
    const { queue, checkOutcome } = this.#options;
    const job = await queue.getJob(asked.key);
    if (!this.#isAsked(asked)) return;
    if (job === undefined) {
      // Redis came back without what it had last, or has made room for others that finished.
      await queue.add(JOB_NAME, asked.task, optionsFor(asked.key));
    } else if (job.finishedOn === undefined) {
      if (tellProgress(asked, job)) this.#progress++;
    } else if (hasFailed(job)) {
      asked.reject(new TrainscopeError("TRIAL_LOST", job.failedReason ?? "it was given up"));
    } else {
      const checked = checkOutcome(job.returnvalue);
      this.#progress++;
      if ("value" in checked) asked.resolve(checked.value);
      else
        asked.reject(new TrainscopeError("TRIAL_LOST", `its outcome in the queue is wrong: ${checked.reason}`));
    }
  }

  /**
   * By their connections, since what a worker had that was killed counts as being worked at until another worker comes; and by
   * what comes of those that are connected, since one may be and take nothing.
   */
  async #lookForWorkers(): Promise<void> {
    const { queue, tell, advice } = this.#options;
    const [workers, active] = await Promise.all([queue.getWorkersCount(), queue.getActiveCount()]);
    const isIdle = workers === 0 || (active === 0 && this.#progress === this.#progressBefore);
    this.#progressBefore = this.#progress;
    this.#idleLooks = isIdle ? this.#idleLooks + 1 : 0;
    if (this.#idleLooks !== LOOKS_BEFORE_WARNING) return;
    tell(`${this.#asked.size} trials wait, and no worker takes one; ${advice}`);
  }
}

/** A job that has an outcome may have failed before. */
function hasFailed({ finishedOn, returnvalue }: QueuedJob): boolean {
  return finishedOn !== undefined && returnvalue === null;
}

/** Whether it was begun since the last look. */
function tellProgress<Task, Outcome>(asked: Asked<Task, Outcome>, { progress }: QueuedJob): boolean {
  const checked = checkProgress(progress);
  if ("reason" in checked || checked.value === undefined) return false;
  const { worker, reached, values, starts } = checked.value;
  const isBegun = starts > asked.starts;
  if (isBegun) {
    asked.starts = starts;
    asked.watcher.onStart(worker);
  }
  if (reached > 0) asked.watcher.onProgress({ reached, values });
  return isBegun;
}
