// Part (c): the assignment's four settings, 40 epochs each with evaluation, the whole process from start to exit.
import { join } from "node:path";
import { runEntrants } from "../programs/run-entrants.ts";
import type { PartReport } from "../report.ts";
import { percent } from "../table.ts";
import { compareSettings, SETTINGS } from "../work/four-settings.ts";
import { writeRunJob } from "../work/run-job.ts";
import { writeSyntheticFolder } from "../work/synthetic-folder.ts";
import type { PartInput } from "./part-input.ts";
import { runWholeRuns } from "./whole-runs.ts";

const GOALS = { "numpy float64": 8, "numpy float32": 4.5 } as const;

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
    check: compareSettings,
  });
}
