// The coordinator's side of a queue on Redis: tasks go there, each under its key, and outcomes come back.
import { TrainscopeError } from "@trainscope/core";
import type { Checked } from "@trainscope/core/schema";
import { type Job, Queue, QueueEvents } from "bullmq";
import type { TaskQueue, TaskWatcher } from "../task-queue.ts";
import { lastingOptions } from "./connection.ts";
import { checkProgress, JOB_NAME, optionsFor, QUEUE_NAME } from "./job.ts";
import { createReachability, type Reachability } from "./reachability.ts";
import type { RedisAddress } from "./redis-address.ts";

/** What `createRedisTaskQueue` is given. */
export interface RedisTaskQueueOptions<Outcome> {
  readonly address: RedisAddress;
  /** Of the keys in Redis: one for each study. */
  readonly prefix: string;
  /** Outcomes are data from outside. */
  readonly checkOutcome: (value: unknown) => Checked<Outcome>;
  /** To be said to the user. */
  readonly tell: (line: string) => void;
  /** Milliseconds between two looks at what has told nothing: events may be lost with a connection. */
  readonly lookEvery?: number;
}

/** A task queue whose tasks workers on any machine carry out; to be closed. */
export interface RedisTaskQueue<Task, Outcome> extends TaskQueue<Task, Outcome> {
  /** What is queued stays there, for workers and for the next who asks. */
  close(): Promise<void>;
}

interface Asked<Task, Outcome> {
  readonly task: Task;
  readonly watcher: TaskWatcher;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
  /** That were told. */
  starts: number;
}

const LOOK_EVERY = 5_000;
/** Looks without a worker at work before that is told. */
const PATIENCE = 2;
const CLOSE_MS = 2_000;

/** `checkRedis` comes before. */
export function createRedisTaskQueue<Task extends object, Outcome>(
  options: RedisTaskQueueOptions<Outcome>,
): RedisTaskQueue<Task, Outcome> {
  return new Coordinator<Task, Outcome>(options);
}

class Coordinator<Task extends object, Outcome> implements RedisTaskQueue<Task, Outcome> {
  readonly #options: RedisTaskQueueOptions<Outcome>;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #reachability: Reachability;
  readonly #asked = new Map<string, Asked<Task, Outcome>>();
  readonly #timer: NodeJS.Timeout;
  #looksWithoutWorkers = 0;

  constructor(options: RedisTaskQueueOptions<Outcome>) {
    const { address, prefix, tell, lookEvery = LOOK_EVERY } = options;
    this.#options = options;
    const shared = { connection: lastingOptions(address), prefix };
    this.#queue = new Queue(QUEUE_NAME, shared);
    this.#events = new QueueEvents(QUEUE_NAME, shared);
    this.#reachability = createReachability(address, tell);
    this.#reachability.watch(this.#queue);
    this.#reachability.watch(this.#events);
    const look = ({ jobId }: { jobId: string }): void => this.#lookSoon(jobId);
    this.#events.on("completed", look).on("failed", look).on("progress", look);
    this.#timer = setInterval(() => this.#lookAtAll(), lookEvery);
  }

  async run(key: string, task: Task, watcher: TaskWatcher): Promise<Outcome> {
    const { signal } = watcher;
    signal.throwIfAborted();
    let stop = (): void => {};
    const outcome = new Promise<Outcome>((resolve, reject) => {
      stop = () => reject(signal.reason);
      this.#asked.set(key, { task, watcher, resolve, reject, starts: 0 });
    });
    signal.addEventListener("abort", stop, { once: true });
    this.#submit(key, task).catch((thrown: unknown) => this.#asked.get(key)?.reject(thrown));
    try {
      return await outcome;
    } finally {
      this.#asked.delete(key);
      signal.removeEventListener("abort", stop);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#reachability.close();
    // Where Redis is away there is nothing to be waited for.
    const closed = Promise.allSettled([this.#events.close(), this.#queue.close()]);
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
  }

  /** One that was given up at an earlier time is tried again; any other that is there goes on, or has its outcome. */
  async #submit(key: string, task: Task): Promise<void> {
    const before = await this.#queue.getJob(key);
    if (before !== undefined && hasFailed(before)) await before.remove();
    await this.#queue.add(JOB_NAME, task, optionsFor(key));
    await this.#look(key);
  }

  #lookSoon(key: string): void {
    this.#look(key).catch(() => {
      // Whatever it was, e.g. a connection that broke: the next look comes by itself.
    });
  }

  async #look(key: string): Promise<void> {
    if (!this.#asked.has(key)) return;
    const job = await this.#queue.getJob(key);
    const asked = this.#asked.get(key);
    if (asked === undefined) return;
    if (job === undefined) {
      // Redis came back without what it had last, or has made room for others that finished.
      await this.#queue.add(JOB_NAME, asked.task, optionsFor(key));
    } else if (job.finishedOn === undefined) {
      tellProgress(asked, job);
    } else if (hasFailed(job)) {
      asked.reject(new TrainscopeError("TRIAL_LOST", job.failedReason ?? "it was given up"));
    } else {
      const checked = this.#options.checkOutcome(job.returnvalue);
      if ("value" in checked) asked.resolve(checked.value);
      else
        asked.reject(new TrainscopeError("TRIAL_LOST", `its outcome in the queue is wrong: ${checked.reason}`));
    }
  }

  #lookAtAll(): void {
    for (const key of this.#asked.keys()) this.#lookSoon(key);
    if (this.#asked.size > 0) this.#lookForWorkers().catch(() => {});
  }

  async #lookForWorkers(): Promise<void> {
    const { active = 0, wait = 0 } = await this.#queue.getJobCounts("active", "wait");
    this.#looksWithoutWorkers = active === 0 && wait > 0 ? this.#looksWithoutWorkers + 1 : 0;
    if (this.#looksWithoutWorkers !== PATIENCE) return;
    this.#options.tell(`${wait} trials wait, and no worker takes one`);
  }
}

/** A job that has an outcome may have failed before. */
function hasFailed({ finishedOn, returnvalue }: Job): boolean {
  return finishedOn !== undefined && returnvalue === null;
}

function tellProgress<Task, Outcome>(asked: Asked<Task, Outcome>, { progress }: Job): void {
  const checked = checkProgress(progress);
  if ("reason" in checked || checked.value === undefined) return;
  const { worker, reached, values, starts } = checked.value;
  if (starts > asked.starts) {
    asked.starts = starts;
    asked.watcher.onStart(worker);
  }
  if (reached > 0) asked.watcher.onProgress({ reached, values });
}
