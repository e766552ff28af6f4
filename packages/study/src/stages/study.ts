// The study: DD2424 Assignment 1 and its optional part, from the gradient check to the test images.

import { componentStatistics, type Dataset, inputCount } from "@trainscope/core";
import { probeEngine } from "@trainscope/core/engine";
import { TrainscopeError } from "@trainscope/core/errors";
import {
  checkGradients,
  GRADIENT_CHECK_EPSILON,
  GRADIENT_CHECK_STEP,
  GRADIENT_CHECK_TOLERANCE,
} from "@trainscope/core/gradient-check";
import { percentText } from "@trainscope/core/text";
import { environmentOf } from "@trainscope/core/training";
import { trialKey } from "@trainscope/sweep/trial";
import { trainOptionalPart } from "./optional-part.ts";
import { SETTINGS, settingTrials, studyLength } from "./plan.ts";
import type { GradientCheckResult, StudyResults } from "./results.ts";
import { bestSetting } from "./settings-results.ts";
import type { Stage, Sweep } from "./stage.ts";
import { datasetOf, gradientCases } from "./stages.ts";
import type { StudyOptions } from "./study-options.ts";
import { sweepTrials } from "./sweep-trials.ts";
import { testStudy } from "./test-part.ts";
import type { StudyTrialResult } from "./trial.ts";

/**
 * Conducts a study; without `data.optional`, its basic part. The test images are read in its last stage, when every
 * choice has been made. Rejects with the signal's reason where it aborts, with `TRIAL_FAILED` where a trial fails, with
 * `BAD_DATA` where a split has no image, and with what the engine's start fails with.
 */
export async function runStudy(options: StudyOptions): Promise<StudyResults> {
  const { data, emit, seeds, quick } = options;
  requireImages(data.assignment);
  const length = studyLength(quick);
  const environment = environmentOf(await probeEngine(options.engine(1)));
  const sweep: Sweep = (trials) =>
    sweepTrials(trials, {
      ...options,
      datasetOf: (trial) => datasetOf(data, trial.data),
      environment,
      keyOf: (trial, environment) =>
        trialKey(trial, {
          dataFingerprint: options.fingerprintOf(datasetOf(data, trial.data)),
          version: options.version,
          environment,
        }),
    });
  const stage: Stage = async (name, body, describe) => {
    emit({ type: "stage:start", stage: name });
    const result = await body();
    emit({ type: "stage:end", stage: name, text: describe(result) });
    return result;
  };

  const gradientCheck = await stage(
    "gradient-check",
    () => runGradientCheck(options),
    ({ passed, rows, tolerance }) => {
      const largest = Math.max(...rows.map((row) => row.maxAbsoluteDifference));
      return `${passed ? "passed" : "FAILED"}: the largest difference is ${largest.toExponential(1)}, of ${tolerance} allowed`;
    },
  );
  const settings = await stage(
    "settings",
    async () => bySetting((await sweep(settingTrials(seeds, length))).results, seeds.length),
    (trials) => {
      const { lambda, learningRate } = SETTINGS[bestSetting(trials)] as (typeof SETTINGS)[number];
      return `best on validation: λ = ${lambda}, η = ${learningRate}`;
    },
  );
  const best = bestSetting(settings);
  const [{ record }] = settings[best] as readonly [StudyTrialResult];
  const optional =
    data.optional === null
      ? null
      : await trainOptionalPart({
          data: data.optional,
          length,
          baseline: record.trial.settings,
          stage,
          sweep,
        });
  return await stage(
    "test",
    () => testStudy({ ...options, gradientCheck, settings, best, optional }),
    ({ bestModel, optional: seen }) =>
      [bestModel, ...(seen === null ? [] : [seen.final.onTest])]
        .map(({ title, accuracy }) => `${title}: ${percentText(accuracy, 1)}`)
        .join("; "),
  );
}

/** A study chooses by validation images and ends with test images. */
function requireImages({ name, train, validation, test }: Dataset): void {
  for (const [split, { labels }] of Object.entries({ train, validation, test })) {
    if (labels.length === 0) {
      throw new TrainscopeError("BAD_DATA", `${name}, ${split} split: 0 images; expected at least 1`);
    }
  }
}

/** Trials come seed by seed; gives the seeds of each setting. */
function bySetting(
  trials: readonly StudyTrialResult[],
  seeds: number,
): readonly (readonly StudyTrialResult[])[] {
  return SETTINGS.map((_, index) =>
    Array.from({ length: seeds }, (_, turn) => trials[turn * SETTINGS.length + index] as StudyTrialResult),
  );
}

async function runGradientCheck(options: StudyOptions): Promise<GradientCheckResult> {
  const { data, emit, signal, quick, seeds } = options;
  const dataset: Dataset = data.assignment;
  const inputs = inputCount(dataset.shape);
  const statistics = componentStatistics(dataset.train, inputs);
  const loss = "softmax";
  const [seed = 0] = seeds;
  const cases = gradientCases(inputs, quick);
  const check = options.checkGradients ?? checkGradients;
  let done = 0;
  const rows = await check({ dataset, statistics, loss, seed, signal }, cases, (checked) => {
    for (const row of checked) {
      done++;
      emit({
        type: "stage:progress",
        stage: "gradient-check",
        done,
        steps: cases.length * checked.length,
        text: `${row.inputs} inputs, ${row.images} image${row.images === 1 ? "" : "s"}, λ = ${row.lambda}`,
      });
    }
  });
  const method = {
    step: GRADIENT_CHECK_STEP,
    tolerance: GRADIENT_CHECK_TOLERANCE,
    epsilon: GRADIENT_CHECK_EPSILON,
  };
  return { loss, seed, ...method, rows, passed: rows.every((row) => row.passed) };
}
