// The queue of `trainscope sweep --queue`: other machines train.
import { PROGRAM, VERSION } from "../../version.ts";
import { USUAL_PREFIX } from "./queue-flags.ts";
import type { QueueOfSweep } from "./run-stored-sweep.ts";
import { checkTrialOutcome, queueNameOf, type TrialOutcome, type TrialTask } from "./trial-task.ts";

export interface SweepQueue extends QueueOfSweep {
  close(): Promise<void>;
}

export interface OpenQueueOptions {
  /** As the user typed it. */
  readonly redis: string;
  readonly prefix: string;
  /** Of the images. */
  readonly fingerprint: string;
  readonly tell: (line: string) => void;
}

/**
 * Looks at Redis before anything is made; the queue is for when the sweep has its folder. Throws as `parseRedisAddress` and
 * `checkRedis` do.
 */
export async function prepareQueue({ redis, prefix, fingerprint, tell }: OpenQueueOptions) {
  const { checkRedis, createRedisTaskQueue, describeRedisAddress, parseRedisAddress } = await import(
    "@trainscope/sweep/bullmq"
  );
  const address = parseRedisAddress(redis, process.env);
  await checkRedis(address);
  const where = describeRedisAddress(address);
  const study = prefix === USUAL_PREFIX ? "" : ` --prefix ${prefix}`;
  const advice = `it is started with: trainscope worker ${where}${study}, on the same images (checksum ${fingerprint.slice(0, 12)}) with the same version (${VERSION})`;
  return (): SweepQueue => {
    const queue = createRedisTaskQueue<TrialTask, TrialOutcome>({
      address,
      prefix,
      tell,
      checkOutcome: checkTrialOutcome,
      advice,
      queueName: queueNameOf({ program: PROGRAM, fingerprint }),
    });
    return {
      where,
      run: (key, task, watcher) => queue.run(key, task, watcher),
      close: () => queue.close(),
    };
  };
}
