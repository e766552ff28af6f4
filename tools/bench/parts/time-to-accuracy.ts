// Part (d): the time to a test accuracy, with all training data, mirroring and step decay.
// The test images are looked at after each epoch to stop the clock, and for nothing else: that is a benchmark of time,
// and no way to choose settings.
import { runEntrants } from "../programs/run-entrants.ts";
import type { PartReport } from "../report.ts";
import { percent } from "../table.ts";
import { type RunOutcome, writeRunJob } from "../work/run-job.ts";
import type { PartInput } from "./part-input.ts";
import { runWholeRuns } from "./whole-runs.ts";

export async function runTimeToAccuracy({ options, data, folder }: PartInput): Promise<PartReport> {
  const target = options.isQuick ? 0.3 : 0.41;
  const threads = Math.max(...options.threads);
  const title = `(d) Time to ${percent(target)} test accuracy with all training data, start to exit: ${threads} threads`;
  if (data.directory === undefined) {
    const notes = ["Left out: it needs the real CIFAR-10 (--data or CIFAR10_DIR)."];
    return { part: "d", title, table: { columns: ["program"], rows: [] }, notes, errors: [], data: null };
  }
  await writeRunJob(folder, {
    directory: data.directory,
    trainOn: "all",
    settings: [{ lambda: 0.01, eta: 0.01 }],
    epochs: options.isQuick ? 2 : 45,
    batch: 100,
    flip: 0.5,
    decay: { every: 15, factor: 0.1 },
    target,
  });
  return await runWholeRuns({
    part: "d",
    title: `${title}, ${options.runs} rounds`,
    entrants: runEntrants({ ...options, folder, threads }),
    rounds: options.runs,
    pauseMs: options.isQuick ? 20 : 500,
    goals: { "trainscope wasm": 2 },
    notes: [
      "lambda 0.01, eta 0.01, divided by 10 after each 15 epochs; half of the images mirrored.",
      "Train and test are evaluated after each epoch; the test images stop the clock and choose nothing.",
    ],
    describeOutcome: (runs) =>
      runs.map(({ testAccuracy, epochs }) => `${percent(testAccuracy)} after ${epochs} epochs`).join(", "),
    check: (runs) => runs.flatMap((run) => describeFailure(run, target)),
  });
}

function describeFailure({ testAccuracy, epochs }: RunOutcome, target: number): string[] {
  if (testAccuracy >= target) return [];
  return [`${percent(testAccuracy)} after ${epochs} epochs; expected ${percent(target)}`];
}
