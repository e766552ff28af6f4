// The variants of a made-up study: what each changes, and a run of it with the gain that it is to have.
import { createRandom, RandomStream } from "@trainscope/core";
import { learningRateAt, resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import type { VariantGroup, VariantResult } from "../stages/results.ts";
import { EPOCHS, type Series } from "./study-runs.ts";

export interface VariantPlan {
  readonly id: string;
  readonly group: VariantGroup | "baseline";
  readonly title: string;
  readonly change: string;
  /** Of validation accuracy over the baseline's. */
  readonly gain: number;
  readonly settings?: Partial<TrainSettings>;
  readonly trainImages?: number;
}

export const BASELINE: VariantPlan = {
  id: "baseline",
  group: "baseline",
  title: "Baseline",
  change: "",
  gain: 0,
};

export const VARIANTS: readonly VariantPlan[] = [
  {
    id: "all-data",
    group: "data",
    title: "All training data",
    change: "45,000 images",
    gain: 0.0195,
    trainImages: 45_000,
  },
  {
    id: "mirroring",
    group: "augmentation",
    title: "Mirroring",
    change: "half of the images, at random",
    gain: 0.0062,
    settings: { flip: 0.5 },
  },
  {
    id: "jitter",
    group: "augmentation",
    title: "Pixel jitter",
    change: "shifted by up to 2 pixels each way",
    gain: -0.0038,
  },
  {
    id: "noise",
    group: "augmentation",
    title: "Pixel noise",
    change: "normal, standard deviation 0.1",
    gain: 0.0011,
  },
  {
    id: "high-rate",
    group: "schedule",
    title: "Ten times the rate",
    change: "η = 0.01 throughout",
    gain: -0.0042,
    settings: { learningRate: 0.01 },
  },
  {
    id: "step-decay",
    group: "schedule",
    title: "Step decay",
    change: "a tenth every 15 epochs",
    gain: 0.0071,
    settings: { learningRate: 0.01, schedule: { kind: "step", every: 15, factor: 0.1 } },
  },
  {
    id: "exponential",
    group: "schedule",
    title: "Decay ×0.9",
    change: "after each epoch",
    gain: 0.0049,
    settings: { learningRate: 0.01, schedule: { kind: "exponential", factor: 0.9 } },
  },
  {
    id: "cosine",
    group: "schedule",
    title: "Cosine",
    change: "half a cosine, to 0",
    gain: 0.0066,
    settings: { learningRate: 0.01, schedule: { kind: "cosine" } },
  },
  {
    id: "cyclical",
    group: "schedule",
    title: "Cyclical",
    change: "between 0.00001 and 0.001, every 8 epochs",
    gain: 0.0058,
    settings: { learningRate: 0.01, schedule: { kind: "cyclical", minimum: 1e-5, period: 8 } },
  },
  {
    id: "xavier",
    group: "initialisation",
    title: "Xavier initialisation",
    change: "standard deviation 1/√3072",
    gain: -0.0004,
  },
  {
    id: "spread-0.1",
    group: "initialisation",
    title: "Initial spread 0.1",
    change: "ten times the standard deviation",
    gain: -0.0467,
  },
  {
    id: "best-epoch",
    group: "stopping",
    title: "Best model",
    change: "η = 0.01, parameters of the best epoch",
    gain: 0.0031,
    settings: { learningRate: 0.01, keep: "best" },
  },
  {
    id: "early-stopping",
    group: "stopping",
    title: "Early stopping",
    change: "η = 0.01, after 8 epochs without a better one",
    gain: 0.0014,
    settings: { learningRate: 0.01, patience: 8, keep: "best" },
  },
  {
    id: "batch-20",
    group: "batch size",
    title: "Batch of 20",
    change: "a fifth of the images",
    gain: -0.0129,
    settings: { batchSize: 20 },
  },
  {
    id: "batch-500",
    group: "batch size",
    title: "Batch of 500",
    change: "five times the images",
    gain: -0.0082,
    settings: { batchSize: 500 },
  },
  {
    id: "bce",
    group: "loss",
    title: "Binary cross-entropy",
    change: "a sigmoid for each class, η = 0.01",
    gain: 0.0024,
    settings: { loss: "bce", learningRate: 0.01, lambda: 0.01 },
  },
  {
    id: "svm",
    group: "loss",
    title: "Multi-class SVM",
    change: "hinge loss, margin 1",
    gain: -0.0215,
    settings: { loss: "svm", learningRate: 0.0001 },
  },
];

export function seededVariant(plan: VariantPlan, index: number): VariantResult {
  const random = createRandom(16, RandomStream.sample, index);
  const settings = resolveSettings(plan.settings ?? {});
  const { schedule, learningRate } = settings;
  const learningRates = EPOCHS.map((epoch) => learningRateAt(schedule, learningRate, epoch - 1, EPOCHS.length));
  const series: Series = {};
  const add = (tag: string, level: number, fall: number, noise: number): void => {
    series[tag] = EPOCHS.map((epoch, i) => {
      const rate = (learningRates[i] ?? 0) / learningRate;
      return level + fall * Math.exp(-epoch / 7) + noise * (0.15 + rate) * random.normal();
    });
  };
  add("train/loss", 1.65, 0.32, 0.01);
  add("train/accuracy", 0.447 + plan.gain / 2, -0.14, 0.002);
  add("validation/loss", 1.766, 0.3, 0.01);
  add("validation/accuracy", 0.387 + plan.gain, -0.12, 0.003);
  const validationAccuracy = 0.387 + plan.gain;
  series["validation/accuracy"]?.splice(-1, 1, validationAccuracy);
  const metrics = Object.entries(series).map(([tag, values]) => [tag, values.at(-1) ?? null] as const);
  const gain = { difference: plan.gain, standardError: 0.003 + 0.3 * Math.abs(plan.gain) ** 1.2, images: 5000 };
  return {
    id: plan.id,
    group: plan.group,
    title: plan.title,
    change: plan.change,
    settings,
    trainImages: plan.trainImages ?? 10_000,
    reason: plan.id === "early-stopping" ? "early-stop" : "completed",
    epochs: EPOCHS,
    series,
    learningRates,
    keptEpoch: 40,
    metrics: Object.fromEntries(metrics),
    validationImages: 5000,
    validationAccuracy,
    gain: plan.group === "baseline" ? null : gain,
    testAccuracy: validationAccuracy + 0.003,
    milliseconds: 2200 + 10 * index,
  };
}
