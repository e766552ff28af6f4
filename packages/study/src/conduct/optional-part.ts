// The optional part's training: variants, the search for settings, and the final model. No test image is read here.
import type { TrainSettings } from "@trainscope/core/settings";
import type { OptionalData } from "./data.ts";
import { bestPoint, searchPoint } from "./optional-results.ts";
import {
  coarsePlaces,
  finalTrial,
  finePlaces,
  type SearchPlace,
  type StudyLength,
  searchTrial,
  seedTrials,
  variantTrial,
} from "./plan.ts";
import type { SearchPoint } from "./results.ts";
import type { Stage, TrainTrials } from "./stage.ts";
import type { Trial, TrialResult } from "./trial.ts";
import { BASELINE, type PlannedVariant, plannedVariants } from "./variants.ts";

export interface OptionalPartOptions {
  readonly data: OptionalData;
  readonly length: StudyLength;
  readonly baseline: TrainSettings;
  readonly stage: Stage;
  readonly trainTrials: TrainTrials;
}

export interface TrainedVariant {
  readonly planned: PlannedVariant;
  readonly result: TrialResult;
}

export interface TrainedOptionalPart {
  /** The baseline first. */
  readonly variants: readonly TrainedVariant[];
  /** The baseline with other seeds. */
  readonly otherSeeds: readonly TrialResult[];
  readonly points: readonly SearchPoint[];
  readonly chosen: SearchPoint;
  readonly final: TrialResult;
}

export async function trainOptionalPart(options: OptionalPartOptions): Promise<TrainedOptionalPart> {
  const { data, length, baseline, stage, trainTrials } = options;
  const { variants, otherSeeds } = await stage(
    "improvements",
    async () => {
      const planned = plannedVariants(baseline, data.large !== null);
      const seeds = planned.filter(({ id }) => id === BASELINE).flatMap(seedTrials);
      const results = await trainTrials([...planned.map(variantTrial), ...seeds]);
      return {
        variants: planned.map((variant, index) => ({
          planned: variant,
          result: results[index] as TrialResult,
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
      const [result] = await trainTrials([finalTrial(chosen, length, baseline.seed)]);
      return result as TrialResult;
    },
    () => "",
  );
  return { variants, otherSeeds, points, chosen, final };
}

/** Coarse, then fine around the best of the coarse points: the choice is the best fine point. */
async function search({ data, length, baseline, trainTrials }: OptionalPartOptions) {
  const shared = { data: data.large === null ? "small" : "large", seed: baseline.seed } as const;
  const tryPlaces = async (
    pass: SearchPoint["pass"],
    places: readonly SearchPlace[],
    epochs: number,
  ): Promise<readonly SearchPoint[]> => {
    const trials = places.map((place): Trial => searchTrial(place, { ...shared, pass, epochs }));
    return (await trainTrials(trials)).map((result) => searchPoint(result, pass));
  };
  const coarse = await tryPlaces("coarse", coarsePlaces(), length.coarseEpochs);
  const fine = await tryPlaces("fine", finePlaces(bestPoint(coarse)), length.fineEpochs);
  return { points: [...coarse, ...fine], chosen: bestPoint(fine) };
}

function describeChoice({ chosen }: { chosen: SearchPoint }): string {
  return `chosen: λ = ${chosen.lambda}, η = ${chosen.learningRate}, batch ${chosen.batchSize}`;
}
