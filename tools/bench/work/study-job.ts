// What the peer of part (h) is given: the runs of the four settings, and which gradients it is to check.
//
//   gradient-check.json   `GradientCheckJob`
//
// and the files of run-job.ts. Ours makes its own plan; that it is the same, the part finds out from the results.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  GRADIENT_CHECK_EPSILON,
  GRADIENT_CHECK_STEP,
  GRADIENT_CHECK_TOLERANCE,
  type GradientCheckCase,
  gradientCheckCases,
} from "@trainscope/core/gradient-check";
import { SETTINGS } from "./four-settings.ts";
import { writeRunJob } from "./run-job.ts";

export interface GradientCheckJob {
  readonly cases: readonly GradientCheckCase[];
  readonly lambdas: readonly number[];
  readonly step: number;
  readonly tolerance: number;
  readonly epsilon: number;
}

export interface StudyJobOptions {
  /** Holds CIFAR-10's binary files. */
  readonly directory: string;
  /** As `trainscope report --quick`: fewer epochs, and not the largest case of the gradient check. */
  readonly isQuick: boolean;
}

const INPUTS = 3072;

export async function writeStudyJob(folder: string, { directory, isQuick }: StudyJobOptions): Promise<void> {
  await writeRunJob(folder, {
    directory,
    trainOn: "batch1",
    settings: SETTINGS,
    epochs: isQuick ? 4 : 40,
    batch: 100,
    flip: 0,
    decay: null,
    target: null,
  });
  const check: GradientCheckJob = {
    cases: gradientCheckCases(INPUTS).filter(
      ({ inputs, images }) => !isQuick || images === 1 || inputs < INPUTS,
    ),
    lambdas: [0, 0.1, 1],
    step: GRADIENT_CHECK_STEP,
    tolerance: GRADIENT_CHECK_TOLERANCE,
    epsilon: GRADIENT_CHECK_EPSILON,
  };
  await writeFile(join(folder, "gradient-check.json"), JSON.stringify(check));
}
