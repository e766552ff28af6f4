// The improvements that a study tries: the baseline, and what differs from it in one thing.
import type { Schedule, TrainSettings } from "@trainscope/core/settings";
import type { VariantGroup } from "./results.ts";
import { rounded } from "./rounded.ts";
import type { TrialData } from "./trial.ts";

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

/** A change of the baseline, in one thing. */
interface Variation extends Pick<PlannedVariant, "id" | "group" | "title" | "change"> {
  readonly settings?: Partial<TrainSettings>;
  /** The small set where left out. */
  readonly data?: TrialData;
}

/** The baseline first; every other differs from it in one thing, and where that needs another learning rate, in that. */
export function plannedVariants(baseline: TrainSettings, hasLarge: boolean): readonly PlannedVariant[] {
  const { learningRate, lambda, batchSize } = baseline;
  const start = `λ = ${lambda}, η = ${learningRate}, batch ${batchSize}`;
  const variations: readonly Variation[] = [
    { id: BASELINE, group: "baseline", title: "Baseline", change: start },
    ...dataVariations(hasLarge),
    ...scheduleVariations(baseline),
    ...initialisationVariations(),
    ...stoppingVariations(highRate(baseline)),
    ...batchVariations(),
    ...lossVariations(baseline),
  ];
  return variations.map(({ settings, data = "small", ...named }) => ({
    ...named,
    data,
    settings: { ...baseline, ...settings },
  }));
}

function highRate({ learningRate }: TrainSettings): number {
  return rounded(learningRate * SCHEDULED_FACTOR);
}

function dataVariations(hasLarge: boolean): readonly Variation[] {
  const large: Variation = {
    id: "more-images",
    group: "data",
    title: "More images",
    change: "all but those that validate",
    data: "large",
  };
  return [
    ...(hasLarge ? [large] : []),
    { id: "all-images", group: "data", title: "All images", change: "all but those held out", data: "final" },
    {
      id: "mirroring",
      group: "augmentation",
      title: "Mirroring",
      change: "half of the images, at random",
      settings: { flip: 0.5 },
    },
    {
      id: "noise",
      group: "augmentation",
      title: "Pixel noise",
      change: `each byte ±${NOISE}, at random`,
      settings: { noise: NOISE },
    },
  ];
}

function scheduleVariations(baseline: TrainSettings): readonly Variation[] {
  const { epochs, learningRate } = baseline;
  const high = highRate(baseline);
  const minimum = rounded(learningRate / 10);
  const every = Math.max(1, Math.round((epochs * 3) / 8));
  const period = Math.max(2, Math.round(epochs / 5));
  const scheduled = (id: string, title: string, change: string, schedule: Schedule): Variation => ({
    id,
    group: "schedule",
    title,
    change,
    settings: { learningRate: high, schedule },
  });
  return [
    {
      id: "high-rate",
      group: "schedule",
      title: "Ten times the rate",
      change: `η = ${high} throughout`,
      settings: { learningRate: high },
    },
    scheduled("step-decay", "Step decay", `η from ${high}, ÷ 10 every ${every} epochs`, {
      kind: "step",
      every,
      factor: 0.1,
    }),
    scheduled("exponential-decay", "Exponential decay", `η from ${high}, × 0.9 every epoch`, {
      kind: "exponential",
      factor: 0.9,
    }),
    scheduled("cosine", "Cosine", `η from ${high} to 0`, { kind: "cosine" }),
    scheduled("cyclical", "Cyclical", `η between ${minimum} and ${high}, every ${period} epochs`, {
      kind: "cyclical",
      minimum,
      period,
    }),
  ];
}

function initialisationVariations(): readonly Variation[] {
  const group = "initialisation";
  return [
    {
      id: "xavier",
      group,
      title: "Xavier initialisation",
      change: "W from N(0, 2 / (d + K))",
      settings: { initialisation: { kind: "xavier" } },
    },
    {
      id: "wide-start",
      group,
      title: "Wide initialisation",
      change: "W from N(0, 0.1²)",
      settings: { initialisation: { kind: "normal", deviation: 0.1 } },
    },
    {
      id: "narrow-start",
      group,
      title: "Narrow initialisation",
      change: "W from N(0, 0.001²)",
      settings: { initialisation: { kind: "normal", deviation: 0.001 } },
    },
  ];
}

function stoppingVariations(high: number): readonly Variation[] {
  const group = "stopping";
  return [
    {
      id: "best-kept",
      group,
      title: "Best model kept",
      change: `η = ${high}, of the epoch with the least validation loss`,
      settings: { learningRate: high, keep: "best" },
    },
    {
      id: "early-stopping",
      group,
      title: "Early stopping",
      change: `η = ${high}, ended after ${PATIENCE} epochs without a lesser validation loss`,
      settings: { learningRate: high, patience: PATIENCE, keep: "best" },
    },
  ];
}

function batchVariations(): readonly Variation[] {
  const group = "batch size";
  return [
    { id: "small-batch", group, title: "Small batches", change: "20 images", settings: { batchSize: 20 } },
    { id: "large-batch", group, title: "Large batches", change: "500 images", settings: { batchSize: 500 } },
  ];
}

function lossVariations({ learningRate, lambda }: TrainSettings): readonly Variation[] {
  return [
    {
      id: SIGMOID,
      group: "loss",
      title: "Binary cross-entropy",
      change: `η × ${SIGMOID_FACTOR}, λ ÷ ${SIGMOID_FACTOR}`,
      settings: {
        loss: "bce",
        learningRate: rounded(learningRate * SIGMOID_FACTOR),
        lambda: rounded(lambda / SIGMOID_FACTOR),
      },
    },
    {
      id: "svm",
      group: "loss",
      title: "Multi-class SVM",
      change: `η × ${HINGE_FACTOR}`,
      settings: { loss: "svm", learningRate: rounded(learningRate * HINGE_FACTOR) },
    },
  ];
}
