// A whole study made up from a seed, with the numbers a real one comes to: to draw and to write about in tests.
import { createRandom, inputCount, RandomStream } from "@trainscope/core";
import type { Environment } from "@trainscope/core/events";
import {
  GRADIENT_CHECK_EPSILON,
  GRADIENT_CHECK_STEP,
  GRADIENT_CHECK_TOLERANCE,
} from "@trainscope/core/gradient-check";
import { CLASS_NAMES, RGB, TEST_IMAGES } from "@trainscope/viz/testing";
import type { GradientCheckResult, StudyResults } from "../stages/results.ts";
import { seededModelOnTest } from "./study-models.ts";
import { seededOptionalResults } from "./study-optional.ts";
import { MADE_UP_SETTINGS, seededSetting } from "./study-runs.ts";

export { seededHistograms, seededModelOnTest } from "./study-models.ts";
export { seededOptionalResults } from "./study-optional.ts";
export { curveSpread, spreadOf } from "./study-runs.ts";
export { seededSearch } from "./study-search.ts";

export interface SeededStudyOptions {
  /** "full" where it isn't given. */
  readonly part?: "basic" | "full";
  /** Runs of each setting, 1 where it isn't given. */
  readonly seeds?: number;
}

const CLASSES = CLASS_NAMES.length;

/** The same options give the same study. */
export function seededStudy(options: SeededStudyOptions = {}): StudyResults {
  const { part = "full" } = options;
  const seeds = Array.from({ length: options.seeds ?? 1 }, (_, seed) => seed);
  const environment: Environment = { engine: "wasm", precision: "float32", threads: 2 };
  return {
    v: 1,
    part,
    quick: false,
    seeds,
    environment,
    data: {
      name: "CIFAR-10 (data_batch_1)",
      classNames: CLASS_NAMES,
      shape: RGB,
      train: 10_000,
      validation: 10_000,
      test: TEST_IMAGES,
    },
    gradientCheck: seededGradientCheck(),
    settings: MADE_UP_SETTINGS.map((setting, index) => seededSetting(setting, seeds, index)),
    best: 2,
    bestModel: seededModelOnTest("λ = 0.1, η = 0.001", 0.391, 3),
    optional: part === "full" ? seededOptionalResults() : null,
  };
}

export function seededGradientCheck(): GradientCheckResult {
  const random = createRandom(11, RandomStream.sample);
  const cases = [20, inputCount(RGB)].flatMap((inputs) => [1, 20].map((images) => ({ inputs, images })));
  const rows = cases.flatMap((one) =>
    [0, 0.1, 1].map((lambda) => ({
      ...one,
      lambda,
      parameters: CLASSES * (one.inputs + 1),
      maxAbsoluteDifference: 10 ** (-9.9 + 0.5 * random.uniform() + (one.inputs > 20 ? 0.4 + 0.7 * lambda : 0)),
      maxRelativeError: 10 ** (-7.4 + random.uniform() + (one.inputs > 20 ? 2 : 0)),
      passed: true,
    })),
  );
  return {
    loss: "softmax",
    seed: 0,
    step: GRADIENT_CHECK_STEP,
    tolerance: GRADIENT_CHECK_TOLERANCE,
    epsilon: GRADIENT_CHECK_EPSILON,
    rows,
    passed: true,
  };
}
