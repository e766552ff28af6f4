// The stages of a study, and how long each takes beside the others.
import { type Dataset, inputCount } from "@trainscope/core";
import {
  GRADIENT_CHECK_LAMBDAS,
  type GradientCheckCase,
  gradientCheckCases,
} from "@trainscope/core/gradient-check";
import { gridSize } from "@trainscope/sweep";
import type { StudyData } from "./data.ts";
import type { StageInfo, StageName } from "./events.ts";
import { COARSE_SPACE, FINE_POINTS, OTHER_SEEDS, SETTINGS, settingTrials, studyLength } from "./plan.ts";
import type { TrialData } from "./trial.ts";
import { plannedVariants } from "./variants.ts";

/** What decides how much a study trains. */
export interface StudyScope {
  readonly data: StudyData;
  /** Fewer epochs than the assignment asks for. */
  readonly quick: boolean;
  readonly seeds: readonly number[];
}

/** A stage with its time in seconds on a machine of two cores, roughly: only ratios matter. */
export interface PlannedStage {
  readonly name: StageName;
  readonly title: string;
  readonly steps: number;
  readonly seconds: number;
}

/** Of an image that passes through an update, and through evaluation. */
const UPDATE_SECONDS = 1.6e-6;
const EVALUATE_SECONDS = 0.5e-6;
/** Of a trial, to begin and to end. */
const TRIAL_SECONDS = 0.08;

/** Without the full number of inputs for twenty images, a quick study's check takes a twentieth. */
export function gradientCases(inputs: number, quick: boolean): readonly GradientCheckCase[] {
  const cases = gradientCheckCases(inputs);
  return quick ? cases.filter((one) => one.images === 1 || one.inputs < inputs) : cases;
}

export function datasetOf(data: StudyData, which: TrialData): Dataset {
  if (which === "assignment" || data.optional === null) return data.assignment;
  const { small, large, final } = data.optional;
  return which === "final" ? final : which === "large" ? (large ?? small) : small;
}

/** Of a trial, on one thread. */
export function trialSeconds({ train, validation }: Dataset, epochs: number): number {
  const images = train.labels.length;
  const perPass = images * UPDATE_SECONDS + (images + validation.labels.length) * EVALUATE_SECONDS;
  return TRIAL_SECONDS + epochs * perPass;
}

/** Those that train and test; whoever writes the report adds its own. */
export function plannedStages({ data, quick, seeds }: StudyScope): readonly PlannedStage[] {
  const { epochs, coarseEpochs, fineEpochs } = studyLength(quick);
  const secondsOf = (which: TrialData, passes: number): number => trialSeconds(datasetOf(data, which), passes);
  const cases = gradientCases(inputCount(data.assignment.shape), quick);
  const settings = settingTrials(seeds, { epochs, coarseEpochs, fineEpochs });
  const basic: PlannedStage[] = [
    {
      name: "gradient-check",
      title: "Gradient check",
      steps: cases.length * GRADIENT_CHECK_LAMBDAS.length,
      seconds: quick ? 0.5 : 1.8,
    },
    {
      name: "settings",
      title: "Four settings",
      steps: settings.length,
      seconds: settings.length * secondsOf("assignment", epochs),
    },
  ];
  if (data.optional === null) return [...basic, testStage(SETTINGS.length * seeds.length)];
  const [{ settings: some }] = settings as [(typeof settings)[number]];
  const variants = plannedVariants(some, data.optional.large !== null);
  const search = data.optional.large === null ? "small" : "large";
  const coarse = gridSize(COARSE_SPACE);
  return [
    ...basic,
    {
      name: "improvements",
      title: "Improvements",
      steps: variants.length + OTHER_SEEDS,
      seconds: variants.reduce(
        (sum, variant) => sum + secondsOf(variant.data, epochs),
        OTHER_SEEDS * secondsOf("small", epochs),
      ),
    },
    {
      name: "search",
      title: "Search for settings",
      steps: coarse + FINE_POINTS,
      seconds: coarse * secondsOf(search, coarseEpochs) + FINE_POINTS * secondsOf(search, fineEpochs),
    },
    { name: "final", title: "Final model", steps: 1, seconds: secondsOf("final", epochs) },
    testStage(SETTINGS.length * seeds.length + variants.length + 1),
  ];
}

function testStage(models: number): PlannedStage {
  return { name: "test", title: "Test", steps: models, seconds: 0.05 * models };
}

/** With shares of the whole. */
export function withShares(stages: readonly PlannedStage[]): readonly StageInfo[] {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  return stages.map(({ name, title, steps, seconds }) => ({ name, title, steps, share: seconds / total }));
}
