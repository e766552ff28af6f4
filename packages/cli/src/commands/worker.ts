// `trainscope worker`: trains what sweeps have queued, on any machine that has their images.
import { type Command, Option } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { addDataFlags } from "../flags/data-flags.ts";
import { addEngineFlags } from "../flags/train-flags.ts";
import { filled, positiveInteger } from "../input/parsers.ts";
import { queuePrefix, USUAL_PREFIX, WORKER_REPORTERS } from "./sweep/queue-flags.ts";
import type { WorkerFlags } from "./sweep/run-worker.ts";

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
    .action(async (redis: string, flags: WorkerFlags) => {
      const { runWorker } = await import("./sweep/run-worker.ts");
      end(await runWorker(redis, flags));
    });
}
