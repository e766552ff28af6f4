// The coordinator's side of a queue on Redis: tasks go there, each under its key, and outcomes come back.
import { Queue, QueueEvents } from "bullmq";
import type { TaskQueue } from "../task-queue.ts";
import { lastingOptions } from "./connection.ts";
import { Coordinator, type CoordinatorOptions } from "./coordinator.ts";
import { createReachability } from "./reachability.ts";
import type { RedisAddress } from "./redis-address.ts";

/** What `createRedisTaskQueue` is given. */
export interface RedisTaskQueueOptions<Outcome>
  extends Pick<CoordinatorOptions<Outcome>, "checkOutcome" | "tell" | "advice"> {
  readonly address: RedisAddress;
  /** Of the keys in Redis: one for each study. */
  readonly prefix: string;
  /** Within the prefix: only workers that name the same one take the tasks. */
  readonly queueName: string;
  /** Milliseconds between two looks at what has told nothing: events may be lost with a connection. */
  readonly lookEvery?: number;
}

/** A task queue whose tasks workers on any machine carry out; to be closed. */
export interface RedisTaskQueue<Task, Outcome> extends TaskQueue<Task, Outcome> {
  /** What was asked for, left and not begun is taken out of the queue; what workers have stays there, for the next who asks. */
  close(): Promise<void>;
}

const LOOK_EVERY = 5_000;
const CLOSE_MS = 2_000;
/** A hundred thousand take a few seconds. */
const TAKE_BACK_MS = 10_000;

/** `checkRedis` comes before. */
export function createRedisTaskQueue<Task extends object, Outcome>({
  address,
  prefix,
  queueName,
  lookEvery = LOOK_EVERY,
  ...options
}: RedisTaskQueueOptions<Outcome>): RedisTaskQueue<Task, Outcome> {
  const shared = { connection: lastingOptions(address), prefix };
  const queue = new Queue(queueName, shared);
  const events = new QueueEvents(queueName, shared);
  const reachability = createReachability(address, options.tell);
  reachability.watch(queue);
  reachability.watch(events);
  const isReachable = (): boolean => reachability.isReachable;
  const coordinator = new Coordinator<Task, Outcome>({ ...options, queue, isReachable });
  const look = ({ jobId }: { jobId: string }): void => coordinator.lookAt(jobId);
  events.on("completed", look).on("failed", look).on("progress", look);
  const timer = setInterval(() => void coordinator.lookAtAll().catch(() => {}), lookEvery);
  return {
    run: (key, task, watcher) => coordinator.run(key, task, watcher),
    async close() {
      clearInterval(timer);
      // Where Redis is away there is nothing to be waited for.
      if (reachability.isReachable) await within(TAKE_BACK_MS, coordinator.takeBack());
      reachability.close();
      await within(CLOSE_MS, Promise.allSettled([events.close(), queue.close()]));
    },
  };
}

/** Waits for it no longer than that. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
