// What a study trains: every trial with its settings, as far as they are known before any result is.

import type { Schedule } from "@trainscope/core";
import { resolveSettings, type TrainSettings } from "@trainscope/core";
import type { SearchPoint, VariantGroup } from "./results.ts";
import type { Trial, TrialData } from "./trial.ts";

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
export function settingTrials(seeds: readonly number[], { epochs }: StudyLength): readonly Trial[] {
  return seeds.flatMap((seed, turn) =>
    SETTINGS.map(
      ({ lambda, learningRate }, index): Trial => ({
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

export function settingId(index: number, seed: number): string {
  return `setting-${index + 1}-seed-${seed}`;
}

export interface PlannedVariant {
  readonly id: string;
  readonly group: VariantGroup | "baseline";
  readonly title: string;
  readonly change: string;
  readonly data: TrialData;
  readonly settings: TrainSettings;
}

/** Schedules, and early stopping, start where a constant rate would be too high. */
const SCHEDULED_FACTOR = 10;
/** The derivative of binary cross-entropy has a factor of 1 / K. */
const SIGMOID_FACTOR = 10;
/** Of the derivative of the hinge loss, which adds up over all violated margins. */
const HINGE_FACTOR = 0.1;
const NOISE = 16;
const PATIENCE = 5;

export const BASELINE = "baseline";
export const SIGMOID = "binary-cross-entropy";

/** The baseline first; every other differs from it in one thing, and where that needs another learning rate, in that. */
export function plannedVariants(baseline: TrainSettings, hasLarge: boolean): readonly PlannedVariant[] {
  const { epochs, learningRate: eta, lambda } = baseline;
  const high = rounded(eta * SCHEDULED_FACTOR);
  const every = Math.max(1, Math.round((epochs * 3) / 8));
  const period = Math.max(2, Math.round(epochs / 5));
  const scheduled = (schedule: Schedule) => ({ learningRate: high, schedule });
  const variant = (
    id: string,
    group: PlannedVariant["group"],
    title: string,
    change: string,
    settings: Partial<TrainSettings>,
    data: TrialData = "small",
  ): PlannedVariant => ({ id, group, title, change, data, settings: { ...baseline, ...settings } });
  return [
    variant(BASELINE, "baseline", "Baseline", `λ = ${lambda}, η = ${eta}, batch ${baseline.batchSize}`, {}),
    ...(hasLarge
      ? [variant("more-images", "data", "More images", "all but those that validate", {}, "large")]
      : []),
    variant("all-images", "data", "All images", "all but those held out", {}, "final"),
    variant("mirroring", "augmentation", "Mirroring", "half of the images, at random", { flip: 0.5 }),
    variant("noise", "augmentation", "Pixel noise", `each byte ±${NOISE}, at random`, { noise: NOISE }),
    variant("high-rate", "schedule", "Ten times the rate", `η = ${high} throughout`, { learningRate: high }),
    variant(
      "step-decay",
      "schedule",
      "Step decay",
      `η from ${high}, ÷ 10 every ${every} epochs`,
      scheduled({ kind: "step", every, factor: 0.1 }),
    ),
    variant(
      "exponential-decay",
      "schedule",
      "Exponential decay",
      `η from ${high}, × 0.9 every epoch`,
      scheduled({ kind: "exponential", factor: 0.9 }),
    ),
    variant("cosine", "schedule", "Cosine", `η from ${high} to 0`, scheduled({ kind: "cosine" })),
    variant(
      "cyclical",
      "schedule",
      "Cyclical",
      `η between ${rounded(eta / 10)} and ${high}, every ${period} epochs`,
      scheduled({ kind: "cyclical", minimum: rounded(eta / 10), period }),
    ),
    variant("xavier", "initialisation", "Xavier initialisation", "W from N(0, 2 / (d + K))", {
      initialisation: { kind: "xavier" },
    }),
    variant("wide-start", "initialisation", "Wide initialisation", "W from N(0, 0.1²)", {
      initialisation: { kind: "normal", deviation: 0.1 },
    }),
    variant("narrow-start", "initialisation", "Narrow initialisation", "W from N(0, 0.001²)", {
      initialisation: { kind: "normal", deviation: 0.001 },
    }),
    variant(
      "best-kept",
      "stopping",
      "Best model kept",
      `η = ${high}, of the epoch with the least validation loss`,
      {
        learningRate: high,
        keep: "best",
      },
    ),
    variant(
      "early-stopping",
      "stopping",
      "Early stopping",
      `η = ${high}, ended after ${PATIENCE} epochs without a lesser validation loss`,
      {
        learningRate: high,
        patience: PATIENCE,
        keep: "best",
      },
    ),
    variant("small-batch", "batch size", "Small batches", "20 images", { batchSize: 20 }),
    variant("large-batch", "batch size", "Large batches", "500 images", { batchSize: 500 }),
    variant(SIGMOID, "loss", "Binary cross-entropy", `η × ${SIGMOID_FACTOR}, λ ÷ ${SIGMOID_FACTOR}`, {
      loss: "bce",
      learningRate: rounded(eta * SIGMOID_FACTOR),
      lambda: rounded(lambda / SIGMOID_FACTOR),
    }),
    variant("svm", "loss", "Multi-class SVM", `η × ${HINGE_FACTOR}`, {
      loss: "svm",
      learningRate: rounded(eta * HINGE_FACTOR),
    }),
  ];
}

/** Beside the baseline itself: enough to tell what another seed does. */
export const OTHER_SEEDS = 4;

/** The baseline with other seeds. */
export function seedTrials({ settings, data }: PlannedVariant): readonly Trial[] {
  return Array.from({ length: OTHER_SEEDS }, (_, turn): Trial => {
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

export function variantTrial({ id, title, data, settings }: PlannedVariant): Trial {
  return { id: `variant-${id}`, title, stage: "improvements", data, settings, keepsFrames: false };
}

/** What all points of the search share: mirrored at random, and a rate that falls to 0, so that few epochs tell. */
export function searchSettings(seed: number): TrainSettings {
  return resolveSettings({ seed, flip: 0.5, schedule: { kind: "cosine" } });
}

export interface SearchPlace {
  readonly lambda: number;
  readonly learningRate: number;
  readonly batchSize: number;
}

const COARSE_LAMBDAS = [0.0001, 0.001, 0.01, 0.1];
const COARSE_RATES = [0.001, 0.003, 0.01, 0.03];
const COARSE_BATCHES = [50, 200];

export function coarsePlaces(): readonly SearchPlace[] {
  return COARSE_BATCHES.flatMap((batchSize) =>
    COARSE_LAMBDAS.flatMap((lambda) =>
      COARSE_RATES.map((learningRate) => ({ lambda, learningRate, batchSize })),
    ),
  );
}

/** Around the best coarse place: thirds of a decade in lambda, factors of the square root of 3 in eta. */
const FINE_LAMBDA_FACTORS = [10 ** (-2 / 3), 10 ** (-1 / 3), 1, 10 ** (1 / 3), 10 ** (2 / 3)];
const FINE_RATE_FACTORS = [1 / Math.sqrt(3), 1, Math.sqrt(3)];

export function finePlaces({ lambda, learningRate, batchSize }: SearchPlace): readonly SearchPlace[] {
  return FINE_LAMBDA_FACTORS.flatMap((lambdaFactor) =>
    FINE_RATE_FACTORS.map((rateFactor) => ({
      lambda: rounded(lambda * lambdaFactor),
      learningRate: rounded(learningRate * rateFactor),
      batchSize,
    })),
  );
}

export const FINE_PLACES = FINE_LAMBDA_FACTORS.length * FINE_RATE_FACTORS.length;

export function searchTrial(
  place: SearchPlace,
  { pass, epochs, data, seed }: { pass: SearchPoint["pass"]; epochs: number; data: TrialData; seed: number },
): Trial {
  const { lambda, learningRate, batchSize } = place;
  return {
    id: `search-${pass}-lambda-${lambda}-eta-${learningRate}-batch-${batchSize}`,
    title: `λ = ${lambda}, η = ${learningRate}, batch ${batchSize}`,
    stage: "search",
    data,
    settings: resolveSettings({ ...searchSettings(seed), ...place, epochs }),
    keepsFrames: false,
  };
}

/** With what the search has chosen, on all images. */
export function finalTrial(chosen: SearchPlace, { epochs }: StudyLength, seed: number): Trial {
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

/** To three digits: 0.1 x 0.1 is to be 0.01, and names short. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
