// Whole runs of trainscope, as a user's own program would do them: usage `node trainscope-runs.ts JOB ENGINE THREADS`.
// Ends with one line, the outcome of each run.
import { type Dataset, train } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { TrainSettings } from "@trainscope/core/settings";
import { loadCifar10 } from "@trainscope/data-cifar";
import { engineOf } from "../programs/engines.ts";
import { type RunOutcome, readRunJob, SEED } from "../work/run-job.ts";

const [, , folder = "", name = "", threads = "1"] = process.argv;
const job = await readRunJob(folder);
const loaded = await loadCifar10(job.directory, { trainOn: job.trainOn });
// Where the test images are looked at after each epoch, they take the place of the validation images.
const dataset: Dataset = job.target === null ? loaded : { ...loaded, validation: loaded.test };

// Several settings at once, each on fewer threads: they share the images, and nobody waits at a barrier.
const lanes = Math.min(Number(threads), job.settings.length);
const threadsEach = Math.floor(Number(threads) / lanes);
const outcomes: RunOutcome[] = [];
const waiting = job.settings.entries();
await Promise.all(Array.from({ length: lanes }, runThoseWaiting));
process.stdout.write(`${JSON.stringify({ runs: outcomes })}\n`);

/** Takes the next setting until none is left. */
async function runThoseWaiting(): Promise<void> {
  for (const [index, { lambda, eta }] of waiting) {
    outcomes[index] = await run({
      lambda,
      learningRate: eta,
      epochs: job.epochs,
      batchSize: job.batch,
      seed: SEED,
      flip: job.flip,
      schedule: job.decay === null ? { kind: "constant" } : { kind: "step", ...job.decay },
    });
  }
}

function run(settings: Partial<TrainSettings>): Promise<RunOutcome> {
  return new Promise((resolve, reject) => {
    const metric = (metrics: Readonly<Record<string, number | null>>, tag: string): number =>
      metrics[tag] ?? Number.NaN;
    const subscription = train({ dataset, settings, engine: engineOf(name).create(threadsEach) }).subscribe({
      next(event: TrainingEvent) {
        if (event.type !== "epoch:end" && event.type !== "run:end") return;
        const { metrics } = event;
        const epochs = event.type === "epoch:end" ? event.epoch : event.epochs;
        const test = event.type === "epoch:end" ? "validation/accuracy" : "test/accuracy";
        const testAccuracy = metric(metrics, test);
        const isReached = job.target !== null && testAccuracy >= job.target;
        if (event.type === "epoch:end" && !isReached) return;
        resolve({
          epochs,
          loss: metric(metrics, "train/loss"),
          validationLoss: metric(metrics, "validation/loss"),
          testAccuracy,
        });
        subscription.unsubscribe();
      },
      error: reject,
    });
  });
}
