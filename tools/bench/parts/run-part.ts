// From a part's letter to its report.

import type { Part } from "../options.ts";
import { epochEntrants } from "../programs/entrants.ts";
import type { PartReport } from "../report.ts";
import { writeEpochJob } from "../work/epoch-job.ts";
import { runDashboard } from "./dashboard.ts";
import { runEpochs } from "./epochs.ts";
import { runFormats } from "./formats.ts";
import { runFourSettings } from "./four-settings.ts";
import { runGrowth } from "./growth.ts";
import { runKernels } from "./kernels.ts";
import { runKeys } from "./keys.ts";
import { runLog } from "./log.ts";
import { runLongRun } from "./long-run.ts";
import { runMetrics } from "./metrics.ts";
import type { PartInput } from "./part-input.ts";
import { runStudyPart } from "./study.ts";
import { runSweepPart } from "./sweep.ts";
import { runTimeToAccuracy } from "./time-to-accuracy.ts";

export async function runPart(part: Part, input: PartInput): Promise<PartReport> {
  const { options, data, folder } = input;
  const pauseMs = options.isQuick ? 20 : 150;
  switch (part) {
    case "a":
    case "b": {
      const job = await writeEpochJob(folder, data);
      const entrants = epochEntrants({ ...options, folder, job });
      const work = `${job.images} images, batch ${job.batch}`;
      return await runEpochs({ part, entrants, work, rounds: options.rounds, pauseMs });
    }
    case "c":
      return await runFourSettings(input);
    case "d":
      return await runTimeToAccuracy(input);
    case "e":
      return await runKernels({ ...options, folder, job: await writeEpochJob(folder, data), pauseMs });
    case "f":
      return await runGrowth({ ...options, folder, pauseMs });
    case "g":
      return await runDashboard(input);
    case "h":
      return await runStudyPart(input);
    case "i":
      return await runKeys(input);
    case "j":
      return await runLongRun(input);
    case "k":
      return await runLog(input);
    case "l":
      return await runMetrics(input);
    case "m":
      return await runFormats(input);
    case "n":
      return await runSweepPart(input);
  }
}
