// A worker's side of a queue on Redis: takes tasks, several at a time, and tells how far they are and what they came to.
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import type { Checked } from "@trainscope/core/schema";
import { type Job, Queue, UnrecoverableError, Worker } from "bullmq";
import type { Perform } from "../task-queue.ts";
import { lastingOptions } from "./connection.ts";
import { checkProgress, type JobProgress, MOST_STARTS } from "./job.ts";
import { createProgressWriter } from "./progress-writer.ts";
import { createReachability, type Reachability } from "./reachability.ts";
import type { RedisAddress } from "./redis-address.ts";

/** What `startRedisTaskWorker` is given. */
export interface RedisTaskWorkerOptions<Task, Outcome> {
  readonly address: RedisAddress;
  /** Of the keys in Redis: one for each study. */
  readonly prefix: string;
  /** Within the prefix, as of whoever asks for the tasks: those that can be done here. */
  readonly queueName: string;
  /** Shown to whoever watches the study. */
  readonly name: string;
  /** Tasks at a time. */
  readonly slots: number;
  /** A task whose worker isn't heard of for so long goes to another. */
  readonly lockMilliseconds: number;
  /** Tasks are data from outside: what they are, by the key under which they came. */
  readonly checkTask: (key: string, data: unknown) => Checked<Task>;
  readonly perform: Perform<Task, Outcome>;
  /** To be said to the user. */
  readonly tell: (line: string) => void;
}

/** A worker that takes tasks until it is stopped. */
export interface RedisTaskWorker {
  /** Resolves when it has been drained; rejects where it gets no task though there are. */
  readonly ended: Promise<void>;
  /** Takes no more, and ends with what it has. */
  drain(): void;
}

/** Far more often than any task is lost: how often is counted by MOST_STARTS. */
const MOST_STALLS = 1_000_000;
const RETRY_MS = 1_000;
/** Seconds for which one question for a task waits at Redis. */
const BLOCK_S = 5;
/** Looks at whether it gets tasks, in a lock's time. */
const LOOKS = 2;
/** Looks, one after another, at which tasks wait, a slot is free and none was taken. */
const MOST_IDLE_LOOKS = 4;

/** `checkRedis` comes before. */
export function startRedisTaskWorker<Task, Outcome>(
  options: RedisTaskWorkerOptions<Task, Outcome>,
): RedisTaskWorker {
  return new TaskWorker(options);
}

class TaskWorker<Task, Outcome> implements RedisTaskWorker {
  readonly ended: Promise<void>;
  readonly #options: RedisTaskWorkerOptions<Task, Outcome>;
  readonly #queue: Queue;
  readonly #reachability: Reachability;
  readonly #running = new Map<string, Running<Outcome>>();
  readonly #timer: NodeJS.Timeout;
  readonly #end: PromiseWithResolvers<void>;
  /** Numbers of slots that are free, from 1. */
  readonly #free: number[];
  #worker: Worker;
  #isDraining = false;
  #taken = 0;
  #takenBefore = 0;
  #idleLooks = 0;
  #restarts = 0;

  constructor(options: RedisTaskWorkerOptions<Task, Outcome>) {
    this.#options = options;
    this.#free = Array.from({ length: options.slots }, (_, index) => options.slots - index);
    this.#end = Promise.withResolvers();
    this.ended = this.#end.promise;
    this.#reachability = createReachability(options.address, options.tell);
    this.#queue = new Queue(options.queueName, {
      connection: lastingOptions(options.address),
      prefix: options.prefix,
    });
    this.#reachability.watch(this.#queue);
    this.#worker = this.#startWorker();
    this.#timer = setInterval(
      () => void this.#lookAtHealth().catch(() => {}),
      options.lockMilliseconds / LOOKS,
    );
  }

  drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#worker.close().then(
      () => this.#finish(),
      (thrown: unknown) => this.#finish(thrown),
    );
  }

  #finish(...failure: readonly unknown[]): void {
    clearInterval(this.#timer);
    this.#reachability.close();
    this.#queue.close().catch(() => {});
    if (failure.length > 0) this.#end.reject(failure[0]);
    else this.#end.resolve();
  }

  #startWorker(): Worker {
    const { address, prefix, queueName, name, slots, lockMilliseconds } = this.#options;
    const worker = new Worker(queueName, (job) => this.#process(job), {
      connection: lastingOptions(address),
      prefix,
      name,
      concurrency: slots,
      lockDuration: lockMilliseconds,
      stalledInterval: lockMilliseconds / 2,
      maxStalledCount: MOST_STALLS,
      runRetryDelay: RETRY_MS,
      drainDelay: BLOCK_S,
    });
    this.#reachability.watch(worker);
    worker.on("lockRenewalFailed", (keys) => {
      for (const key of keys) this.#dropIfTaken(key).catch(() => {});
    });
    return worker;
  }

  async #process(job: Job): Promise<Outcome> {
    this.#taken++;
    const key = job.id ?? "";
    const checked = this.#options.checkTask(key, job.data);
    if ("reason" in checked) throw new UnrecoverableError(`it is no trial: ${checked.reason}`);
    // A task that was taken from this worker, e.g. while Redis was away, may come back to it while it is still at it.
    const running = this.#running.get(key) ?? this.#begin(key, job, checked.value);
    return await running.outcome;
  }

  #begin(key: string, job: Job, task: Task): Running<Outcome> {
    const before = progressOf(job);
    if (before.inVain >= MOST_STARTS) {
      throw new UnrecoverableError(`given up: ${MOST_STARTS} starts came to nothing${reasonOf(job)}`);
    }
    const { name, perform } = this.#options;
    const abort = new AbortController();
    const slot = this.#free.pop() ?? 0;
    const worker = `${name} ${slot}`;
    const writer = createProgressWriter(job, {
      ...before,
      starts: before.starts + 1,
      inVain: before.inVain + 1,
      worker,
    });
    const run = async (): Promise<Outcome> => {
      try {
        // Before anything of it runs: it may be what kills this process.
        await writer.written();
        return await perform(task, { signal: abort.signal, onProgress: writer.write });
      } finally {
        writer.close();
        this.#running.delete(key);
        this.#free.push(slot);
      }
    };
    const running = { outcome: run(), abort, worker };
    this.#running.set(key, running);
    return running;
  }

  /** Of a task that went to another worker, or is done. */
  async #dropIfTaken(key: string): Promise<void> {
    const running = this.#running.get(key);
    const job: Job | undefined = await this.#queue.getJob(key);
    const isOpen = job !== undefined && job.finishedOn === undefined;
    if (running === undefined || (isOpen && progressOf(job).worker === running.worker)) return;
    this.#options.tell("a trial that went to another worker meanwhile is left to that");
    running.abort.abort(new Error("another worker has it"));
  }

  /**
   * By what comes through, since a worker may say that it runs and take nothing. It is started anew first; where that doesn't help,
   * whoever started the process is to start another.
   */
  async #lookAtHealth(): Promise<void> {
    if (this.#isDraining || !this.#reachability.isReachable) return;
    const waiting = await this.#queue.getWaitingCount();
    const isIdle = waiting > 0 && this.#running.size < this.#options.slots && this.#taken === this.#takenBefore;
    this.#takenBefore = this.#taken;
    this.#idleLooks = isIdle ? this.#idleLooks + 1 : 0;
    if (!isIdle) this.#restarts = 0;
    if (this.#idleLooks < MOST_IDLE_LOOKS || this.#isDraining) return;
    this.#idleLooks = 0;
    if (this.#restarts++ > 0) {
      this.#isDraining = true;
      await this.#worker.close(true);
      this.#finish(
        new TrainscopeError("QUEUE_FAILED", `${waiting} trials wait, and none comes to this worker`),
      );
      return;
    }
    this.#options.tell(`${waiting} trials wait, and none has come; asking for them anew`);
    const before = this.#worker;
    this.#worker = this.#startWorker();
    await before.close(true);
  }
}

interface Running<Outcome> {
  readonly outcome: Promise<Outcome>;
  readonly abort: AbortController;
  /** As progress names it. */
  readonly worker: string;
}

/** One that says something else than progress has none. */
function progressOf({ progress }: Job): JobProgress {
  const checked = checkProgress(progress);
  const found = "value" in checked ? checked.value : undefined;
  return found ?? { starts: 0, inVain: 0, reached: 0, worker: "", values: {} };
}

function reasonOf({ failedReason }: Job): string {
  return failedReason ? `; the last failed: ${messageOf(failedReason)}` : "";
}
