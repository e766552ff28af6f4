// What a study trains: every trial with its settings, as far as they are known before any result is.

import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import type { Job, SearchSpace } from "@trainscope/sweep";
import type { SearchPoint } from "./results.ts";
import { rounded } from "./rounded.ts";
import type { StudyTrial, TrialData } from "./trial.ts";
import type { PlannedVariant } from "./variants.ts";

export interface StudyLength {
  /** Of the four settings, the variants and the final model. */
  readonly epochs: number;
  /** Of a point of the search, in its coarse and in its fine pass. */
  readonly coarseEpochs: number;
  readonly fineEpochs: number;
}

const FULL: StudyLength = { epochs: 40, coarseEpochs: 6, fineEpochs: 12 };
const QUICK: StudyLength = { epochs: 4, coarseEpochs: 1, fineEpochs: 2 };

export function studyLength(quick: boolean): StudyLength {
  return quick ? QUICK : FULL;
}

export interface PlannedSetting {
  readonly lambda: number;
  readonly learningRate: number;
  /** Test accuracies on CIFAR-10 after 40 epochs by several independent implementations, least and greatest. */
  readonly published: readonly [number, number];
}

/** DD2424, Assignment 1. */
export const SETTINGS: readonly PlannedSetting[] = [
  { lambda: 0, learningRate: 0.1, published: [0.269, 0.295] },
  { lambda: 0, learningRate: 0.001, published: [0.384, 0.391] },
  { lambda: 0.1, learningRate: 0.001, published: [0.388, 0.395] },
  { lambda: 1, learningRate: 0.001, published: [0.367, 0.376] },
];

const BATCH_SIZE = 100;

/** Each of the four settings with each seed; frames are kept for the first seed. */
export function settingTrials(seeds: readonly number[], { epochs }: StudyLength): readonly StudyTrial[] {
  return seeds.flatMap((seed, turn) =>
    SETTINGS.map(
      ({ lambda, learningRate }, index): StudyTrial => ({
        id: settingId(index, seed),
        title: `λ = ${lambda}, η = ${learningRate}${seeds.length > 1 ? `, seed ${seed}` : ""}`,
        stage: "settings",
        data: "assignment",
        settings: resolveSettings({ epochs, batchSize: BATCH_SIZE, lambda, learningRate, seed }),
        keepsFrames: turn === 0,
      }),
    ),
  );
}

function settingId(index: number, seed: number): string {
  return `setting-${index + 1}-seed-${seed}`;
}

/** Beside the baseline itself: enough to tell what another seed does. */
export const OTHER_SEEDS = 4;

/** The baseline with other seeds. */
export function seedTrials({ settings, data }: PlannedVariant): readonly StudyTrial[] {
  return Array.from({ length: OTHER_SEEDS }, (_, turn): StudyTrial => {
    const seed = settings.seed + turn + 1;
    return {
      id: `baseline-seed-${seed}`,
      title: `Baseline, seed ${seed}`,
      stage: "improvements",
      data,
      settings: { ...settings, seed },
      keepsFrames: false,
    };
  });
}

export function variantTrial({ id, title, data, settings }: PlannedVariant): StudyTrial {
  return { id: `variant-${id}`, title, stage: "improvements", data, settings, keepsFrames: false };
}

/** What all points of the search share: mirrored at random, and a rate that falls to 0, so that few epochs tell. */
export function searchSettings(seed: number): TrainSettings {
  return resolveSettings({ seed, flip: 0.5, schedule: { kind: "cosine" } });
}

/** What a search of the study searches. */
export type SearchedSettings = Pick<TrainSettings, "batchSize" | "lambda" | "learningRate">;

/** The coarse pass tries every combination. */
export const COARSE_SPACE: SearchSpace<SearchedSettings> = {
  batchSize: { kind: "choice", values: [50, 200] },
  lambda: { kind: "choice", values: [0.0001, 0.001, 0.01, 0.1] },
  learningRate: { kind: "choice", values: [0.001, 0.003, 0.01, 0.03] },
};

/** Around the best of the coarse pass: thirds of a decade in lambda, factors of the square root of 3 in eta. */
const FINE_LAMBDA_FACTORS = [10 ** (-2 / 3), 10 ** (-1 / 3), 1, 10 ** (1 / 3), 10 ** (2 / 3)];
const FINE_RATE_FACTORS = [1 / Math.sqrt(3), 1, Math.sqrt(3)];

export function fineSpace({
  lambda,
  learningRate,
  batchSize,
}: SearchedSettings): SearchSpace<SearchedSettings> {
  return {
    batchSize: { kind: "choice", values: [batchSize] },
    lambda: { kind: "choice", values: FINE_LAMBDA_FACTORS.map((factor) => rounded(lambda * factor)) },
    learningRate: { kind: "choice", values: FINE_RATE_FACTORS.map((factor) => rounded(learningRate * factor)) },
  };
}

export const FINE_POINTS = FINE_LAMBDA_FACTORS.length * FINE_RATE_FACTORS.length;

export function searchTrial(
  { point, epochs }: Pick<Job, "point" | "epochs">,
  { pass, data, seed }: { pass: SearchPoint["pass"]; data: TrialData; seed: number },
): StudyTrial {
  const settings = resolveSettings({ ...searchSettings(seed), ...point, epochs });
  const { lambda, learningRate, batchSize } = settings;
  return {
    id: `search-${pass}-lambda-${lambda}-eta-${learningRate}-batch-${batchSize}`,
    title: `λ = ${lambda}, η = ${learningRate}, batch ${batchSize}`,
    stage: "search",
    data,
    settings,
    keepsFrames: false,
  };
}

/** With what the search has chosen, on all images. */
export function finalTrial(chosen: SearchedSettings, { epochs }: StudyLength, seed: number): StudyTrial {
  const { lambda, learningRate, batchSize } = chosen;
  return {
    id: "final",
    title: `λ = ${lambda}, η = ${learningRate}, batch ${batchSize}`,
    stage: "final",
    data: "final",
    settings: resolveSettings({ ...searchSettings(seed), lambda, learningRate, batchSize, epochs }),
    keepsFrames: true,
  };
}
