// Trains what sweeps have queued, until it is told to drain.
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import type { EngineName } from "@trainscope/runs/choices";
import { makeFolders } from "@trainscope/runs/files";
import { print, tell } from "@trainscope/tui/output";
import { ExitStatus } from "../../exit-status.ts";
import { type DataFlags, partOf } from "../../flags/data-flags.ts";
import { chooseDataset } from "../../input/dataset.ts";
import { chooseEngines } from "../../input/engine.ts";
import { watchInterrupts } from "../../interrupts.ts";
import { createFingerprints } from "../../report/fingerprint.ts";
import { attempt } from "../../report/report-folder.ts";
import { PROGRAM } from "../../version.ts";
import type { WorkerReporter } from "./queue-flags.ts";
import { checkTrialTask, queueNameOf, type TrialOutcome, type TrialTask } from "./trial-task.ts";
import { createTrialWork } from "./trial-work.ts";
import { createWorkerReporter } from "./worker-reporter.ts";

export interface WorkerFlags extends DataFlags {
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly prefix: string;
  readonly store: string;
  readonly lock: number;
  readonly reporter: WorkerReporter;
}

export async function runWorker(redis: string, flags: WorkerFlags): Promise<ExitStatus> {
  const engines = chooseEngines(flags);
  const { checkRedis, describeRedisAddress, parseRedisAddress, startRedisTaskWorker } = await import(
    "@trainscope/sweep/bullmq"
  );
  const address = parseRedisAddress(redis, process.env);
  const { dataset, notice } = await chooseDataset(flags.data, partOf(flags));
  for (const line of [notice, engines.notice]) if (line !== undefined) tell(line);
  const fingerprint = createFingerprints()(dataset);
  await checkRedis(address);
  const [trials, checkpoints] = [join(flags.store, "trials"), join(flags.store, "checkpoints")];
  for (const folder of [trials, checkpoints]) await attempt(folder, () => makeFolders(resolve(folder)));
  const trialWork = await createTrialWork({ dataset, engine: engines.create(1), trials, checkpoints });
  const report = createWorkerReporter(flags.reporter, print);
  const { prefix, lock } = flags;
  const name = `${hostname()}:${process.pid}`;
  const worker = startRedisTaskWorker<TrialTask, TrialOutcome>({
    address,
    prefix,
    name,
    tell,
    slots: engines.threads,
    lockMilliseconds: 1000 * lock,
    queueName: queueNameOf({ program: PROGRAM, fingerprint }),
    checkTask: (key, data) => checkTrialTask(key, data, { program: PROGRAM, fingerprint }),
    async perform(task, options) {
      report({ type: "trial:start", task });
      // Curves stay in the store.
      const { series: _, ...outcome } = await trialWork.perform(task, options);
      report({ type: "trial:end", task, outcome });
      return outcome;
    },
  });
  const interrupts = watchInterrupts({
    onFirst() {
      tell("takes no more, and ends with what it trains; Ctrl-C once more leaves that to others");
      worker.drain();
    },
    onSecond: () => process.exit(ExitStatus.interrupted),
  });
  report({
    type: "worker:start",
    name,
    prefix,
    queue: describeRedisAddress(address),
    slots: engines.threads,
    dataName: dataset.name,
    fingerprint,
    store: flags.store,
  });
  try {
    await worker.ended;
    report({ type: "worker:end" });
    return ExitStatus.done;
  } finally {
    interrupts.close();
  }
}
