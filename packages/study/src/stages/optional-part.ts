// The optional part's training: variants, the search for settings, and the final model. No test image is read here.
import { TrainscopeError } from "@trainscope/core/errors";
import type { TrainSettings } from "@trainscope/core/settings";
import { gridPoints, type RankedCandidate, type SearchSpace } from "@trainscope/sweep";
import type { OptionalData } from "./data.ts";
import { searchPoint } from "./optional-results.ts";
import {
  COARSE_SPACE,
  finalTrial,
  fineSpace,
  type StudyLength,
  searchTrial,
  seedTrials,
  variantTrial,
} from "./plan.ts";
import type { SearchPoint } from "./results.ts";
import type { Stage, Sweep } from "./stage.ts";
import type { StudyTrialResult } from "./trial.ts";
import { BASELINE, type PlannedVariant, plannedVariants } from "./variants.ts";

export interface OptionalPartOptions {
  readonly data: OptionalData;
  readonly length: StudyLength;
  readonly baseline: TrainSettings;
  readonly stage: Stage;
  readonly sweep: Sweep;
}

export interface TrainedVariant {
  readonly planned: PlannedVariant;
  readonly result: StudyTrialResult;
}

export interface TrainedOptionalPart {
  /** The baseline first. */
  readonly variants: readonly TrainedVariant[];
  /** The baseline with other seeds. */
  readonly otherSeeds: readonly StudyTrialResult[];
  readonly points: readonly SearchPoint[];
  readonly chosen: SearchPoint;
  readonly final: StudyTrialResult;
}

export async function trainOptionalPart(options: OptionalPartOptions): Promise<TrainedOptionalPart> {
  const { data, length, baseline, stage, sweep } = options;
  const { variants, otherSeeds } = await stage(
    "improvements",
    async () => {
      const planned = plannedVariants(baseline, data.large !== null);
      const seeds = planned.filter(({ id }) => id === BASELINE).flatMap(seedTrials);
      const { results } = await sweep([...planned.map(variantTrial), ...seeds]);
      return {
        variants: planned.map((variant, index) => ({
          planned: variant,
          result: results[index] as StudyTrialResult,
        })),
        otherSeeds: results.slice(planned.length),
      };
    },
    () => "",
  );
  const { points, chosen } = await stage("search", () => search(options), describeChoice);
  const final = await stage(
    "final",
    async () => {
      const { results } = await sweep([finalTrial(chosen, length, baseline.seed)]);
      return results[0] as StudyTrialResult;
    },
    () => "",
  );
  return { variants, otherSeeds, points, chosen, final };
}

/** Coarse, then fine around the best of the coarse points: the choice is the best fine point. */
async function search({ data, length, baseline, sweep }: OptionalPartOptions) {
  const shared = { data: data.large === null ? "small" : "large", seed: baseline.seed } as const;
  const pass = async (name: SearchPoint["pass"], space: SearchSpace, epochs: number) => {
    const { results, ranked } = await sweep(
      gridPoints(space).map((point) => searchTrial({ point, epochs }, { ...shared, pass: name })),
    );
    const points = results.map((result) => searchPoint(result, name));
    return { points, best: chosenOf(points, ranked) };
  };
  const coarse = await pass("coarse", COARSE_SPACE, length.coarseEpochs);
  const fine = await pass("fine", fineSpace(coarse.best), length.fineEpochs);
  return { points: [...coarse.points, ...fine.points], chosen: fine.best };
}

/** By loss, which changes smoothly where accuracies of neighbours differ by less than chance. Throws `TRIAL_FAILED`. */
function chosenOf(points: readonly SearchPoint[], [first]: readonly RankedCandidate[]): SearchPoint {
  const best = first && points[first.candidate];
  if (best === undefined || best.validationLoss === null) {
    throw new TrainscopeError("TRIAL_FAILED", "every point of the search diverged: there is nothing to choose");
  }
  return best;
}

function describeChoice({ chosen }: { chosen: SearchPoint }): string {
  return `chosen: λ = ${chosen.lambda}, η = ${chosen.learningRate}, batch ${chosen.batchSize}`;
}
