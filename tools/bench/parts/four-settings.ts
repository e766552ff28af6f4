// Part (c): the assignment's four settings, 40 epochs each with evaluation, the whole process from start to exit.
import { join } from "node:path";
import { runEntrants } from "../programs/run-entrants.ts";
import type { PartReport } from "../report.ts";
import { percent } from "../table.ts";
import { type RunOutcome, writeRunJob } from "../work/run-job.ts";
import { writeSyntheticFolder } from "../work/synthetic-folder.ts";
import type { PartInput } from "./run-part.ts";
import { runWholeRuns } from "./whole-runs.ts";

const SETTINGS = [
  { lambda: 0, eta: 0.1 },
  { lambda: 0, eta: 0.001 },
  { lambda: 0.1, eta: 0.001 },
  { lambda: 1, eta: 0.001 },
] as const;

const GOALS = { "numpy float64": 8 } as const;

/** As a fraction of our loss: float32 and float64 drift apart by rounding, over thousands of updates. */
const LOSS_TOLERANCE = 1e-3;
const ACCURACY_TOLERANCE = 0.005;
/** With a learning rate of 0.1 a run jumps about, and rounding decides where it stands at its end. */
const JUMPY_TOLERANCE = 0.08;

export async function runFourSettings({ options, data, folder }: PartInput): Promise<PartReport> {
  const directory = data.directory ?? join(folder, "synthetic");
  if (data.directory === undefined) await writeSyntheticFolder(directory);
  const epochs = options.isQuick ? 1 : 40;
  const threads = Math.max(...options.threads);
  await writeRunJob(folder, {
    directory,
    trainOn: "batch1",
    settings: SETTINGS,
    epochs,
    batch: 100,
    flip: 0,
    decay: null,
    target: null,
  });
  return await runWholeRuns({
    part: "c",
    title: `(c) Four settings of ${epochs} epochs with evaluation, start to exit: ${threads} threads, ${options.runs} rounds`,
    entrants: runEntrants({ ...options, folder, threads }),
    rounds: options.runs,
    pauseMs: options.isQuick ? 20 : 500,
    goals: GOALS,
    notes: [
      "Reads CIFAR-10's files, trains, evaluates train and validation after each epoch, and test at the end.",
      "x ours: its time over ours, the median of each round's ratio. Outcome: test accuracy of the four.",
    ],
    describeOutcome: (runs) => runs.map(({ testAccuracy }) => percent(testAccuracy)).join(", "),
    check,
  });
}

function check(runs: readonly RunOutcome[], ours: readonly RunOutcome[]): string[] {
  return SETTINGS.flatMap(({ lambda, eta }, i) => {
    const [found, expected] = [runs[i], ours[i]];
    if (found === undefined || expected === undefined) return [`no outcome of lambda ${lambda}, eta ${eta}`];
    const isJumpy = eta > 0.01;
    const differences: string[] = [];
    const compare = (field: keyof RunOutcome, allowed: number): void => {
      if (Math.abs(found[field] - expected[field]) <= allowed) return;
      differences.push(`lambda ${lambda}, eta ${eta}: ${field} is ${found[field]}; ours is ${expected[field]}`);
    };
    if (!isJumpy) {
      compare("loss", LOSS_TOLERANCE * expected.loss);
      compare("validationLoss", LOSS_TOLERANCE * expected.validationLoss);
    }
    compare("testAccuracy", isJumpy ? JUMPY_TOLERANCE : ACCURACY_TOLERANCE);
    return differences;
  });
}
