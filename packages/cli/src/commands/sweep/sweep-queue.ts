// The queue of `trainscope sweep --queue`: other machines train, and what they tell is kept.
import { TrainscopeError } from "@trainscope/core";
import type { QueueOfSweep } from "./conduct.ts";
import { openOutcomeLog } from "./outcome-log.ts";
import { checkTrialOutcome, type TrialOutcome, type TrialTask } from "./trial-task.ts";

export const USUAL_PREFIX = "trainscope";

/** For commander. Throws `BAD_OPTION`. */
export function queuePrefix(text: string): string {
  if (/^[\w.-]{1,100}$/.test(text)) return text;
  throw new TrainscopeError(
    "BAD_OPTION",
    `--prefix is ${JSON.stringify(text)}; expected letters, digits, "-", "_" and "."`,
  );
}

export interface SweepQueue extends QueueOfSweep {
  close(): Promise<void>;
}

export interface OpenQueueOptions {
  /** As the user typed it. */
  readonly redis: string;
  readonly prefix: string;
  readonly tell: (line: string) => void;
}

/**
 * Looks at Redis before anything is made; the queue opens with the sweep's folder. Throws as `parseRedisAddress` and `checkRedis`
 * do.
 */
export async function prepareQueue({ redis, prefix, tell }: OpenQueueOptions) {
  const { checkRedis, createRedisTaskQueue, describeRedisAddress, parseRedisAddress } = await import(
    "@trainscope/sweep/bullmq"
  );
  const address = parseRedisAddress(redis, process.env);
  await checkRedis(address);
  return async (folder: string): Promise<SweepQueue> => {
    const log = await openOutcomeLog(folder);
    const queue = createRedisTaskQueue<TrialTask, TrialOutcome>({
      ...{ address, prefix, tell, checkOutcome: checkTrialOutcome },
    });
    return {
      where: describeRedisAddress(address),
      async run(key, task, watcher) {
        const before = log.find(key);
        if (before !== undefined) return { ...before, reused: true };
        const outcome = await queue.run(key, task, watcher);
        await log.keep(key, outcome);
        return outcome;
      },
      close: () => queue.close(),
    };
  };
}
