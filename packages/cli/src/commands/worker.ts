// `trainscope worker`: trains what sweeps have queued, on any machine that has their images.
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import type { EngineName } from "@trainscope/runs/choices";
import { makeFolders } from "@trainscope/runs/files";
import { print, tell } from "@trainscope/tui/output";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { addDataFlags, type DataFlags, partOf } from "../flags/data-flags.ts";
import { addEngineFlags } from "../flags/train-flags.ts";
import { chooseDataset } from "../input/dataset.ts";
import { chooseEngines } from "../input/engine.ts";
import { filled, positiveInteger } from "../input/parsers.ts";
import { watchInterrupts } from "../interrupts.ts";
import { createFingerprints } from "../report/fingerprint.ts";
import { attempt } from "../report/report-folder.ts";
import { PROGRAM } from "../version.ts";
import { queuePrefix, USUAL_PREFIX } from "./sweep/sweep-queue.ts";
import { checkTrialTask, queueNameOf, type TrialOutcome, type TrialTask } from "./sweep/trial-task.ts";
import { createTrialWork } from "./sweep/trial-work.ts";
import { createWorkerReporter, WORKER_REPORTERS, type WorkerReporter } from "./worker-reporter.ts";

interface WorkerFlags extends DataFlags {
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly prefix: string;
  readonly store: string;
  readonly lock: number;
  readonly reporter: WorkerReporter;
}

const USUAL_LOCK_S = 30;

export function addWorkerCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program
    .command("worker")
    .description("Train what sweeps have queued: trainscope sweep ... --queue redis://HOST:PORT")
    .argument("<redis>", "where the queue is: redis://HOST:PORT, or rediss://HOST:PORT with TLS", filled);
  addEngineFlags(addDataFlags(command))
    .option("--prefix <name>", "of the study's keys in Redis, as of its sweep", queuePrefix, USUAL_PREFIX)
    .option(
      "--store <folder>",
      "where models, curves and checkpoints are kept; shared with other workers, trials go on from them",
      filled,
      "sweep",
    )
    .option(
      "--lock <seconds>",
      "a training whose worker isn't heard of for so long goes to another",
      positiveInteger,
      USUAL_LOCK_S,
    )
    .addOption(new Option("--reporter <kind>", "how it is told").choices(WORKER_REPORTERS).default("lines"))
    .action(async (redis: string, flags: WorkerFlags) => end(await work(redis, flags)));
}

async function work(redis: string, flags: WorkerFlags): Promise<ExitStatus> {
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
