// The optional part of a made-up study: variants, ensemble, search and final model.
import {
  createRandom,
  inputCount,
  learningRateAt,
  type OptionalResults,
  RandomStream,
  resolveSettings,
  type SearchPoint,
  type SearchResult,
  type TrainSettings,
  type VariantGroup,
  type VariantResult,
} from "@trainscope/core";
import { CLASS_NAMES, RGB, seededWeights } from "./fixtures.ts";
import { seededHistograms, seededModelOnTest } from "./study-models.ts";
import { EPOCHS, type Series, seededFrames } from "./study-runs.ts";

const CLASSES = CLASS_NAMES.length;

interface VariantPlan {
  readonly id: string;
  readonly group: VariantGroup | "baseline";
  readonly title: string;
  readonly change: string;
  /** Of validation accuracy over the baseline's. */
  readonly gain: number;
  readonly settings?: Partial<TrainSettings>;
  readonly trainImages?: number;
}

const BASELINE: VariantPlan = {
  id: "baseline",
  group: "baseline",
  title: "Baseline",
  change: "",
  gain: 0,
};

const VARIANTS: readonly VariantPlan[] = [
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
    id: "step-decay",
    group: "schedule",
    title: "Step decay",
    change: "a tenth every 15 epochs",
    gain: 0.0071,
    settings: { schedule: { kind: "step", every: 15, factor: 0.1 } },
  },
  {
    id: "exponential",
    group: "schedule",
    title: "Decay ×0.9",
    change: "after each epoch",
    gain: 0.0049,
    settings: { schedule: { kind: "exponential", factor: 0.9 } },
  },
  {
    id: "cosine",
    group: "schedule",
    title: "Cosine",
    change: "half a cosine, to 0",
    gain: 0.0066,
    settings: { schedule: { kind: "cosine" } },
  },
  {
    id: "cyclical",
    group: "schedule",
    title: "Cyclical",
    change: "between 0.00001 and 0.001, every 8 epochs",
    gain: 0.0058,
    settings: { schedule: { kind: "cyclical", minimum: 1e-5, period: 8 } },
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
    change: "parameters of the best epoch",
    gain: 0.0031,
  },
  {
    id: "early-stopping",
    group: "stopping",
    title: "Early stopping",
    change: "after 8 epochs without a better one",
    gain: 0.0014,
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
    settings: { loss: "bce", learningRate: 0.01 },
  },
  {
    id: "svm",
    group: "loss",
    title: "Multi-class SVM",
    change: "hinge loss, margin 1",
    gain: -0.0215,
    settings: { loss: "svm" },
  },
];

export function seededOptionalResults(): OptionalResults {
  const baseline = seededVariant(BASELINE, 0);
  const variants = VARIANTS.map((plan, index) => seededVariant(plan, index + 1));
  const { epochs, series, learningRates } = seededVariant({ ...BASELINE, id: "final", gain: 0.035 }, 50);
  return {
    baseline,
    variants,
    ensemble: {
      members: [baseline, ...variants.slice(1, 8)].map(({ title }) => title),
      validationAccuracy: baseline.validationAccuracy + 0.0088,
      gain: { difference: 0.0088, standardError: 0.0026, images: 5000 },
      testAccuracy: 0.3993,
      memberAccuracies: [0.3802, 0.3921, 0.3968],
    },
    search: seededSearch(),
    final: {
      settings: resolveSettings({ flip: 0.5, schedule: { kind: "step", every: 15, factor: 0.1 } }),
      trainImages: 49_000,
      heldOutImages: 1000,
      epochs,
      series,
      learningRates,
      validationAccuracy: 0.418,
      onTest: seededModelOnTest("Final model", 0.415, 5),
      testLoss: 1.698,
      exactOptimum: 0.417,
      milliseconds: 6200,
      parameters: {
        classes: CLASSES,
        inputs: inputCount(RGB),
        weights: seededWeights(CLASSES, RGB),
        biases: new Float32Array(CLASSES),
      },
      frames: seededFrames(9),
    },
    histograms: seededHistograms(),
  };
}

function seededVariant(plan: VariantPlan, index: number): VariantResult {
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

/** A ridge along which a larger batch wants a higher rate; the highest rate diverges at small batches. */
export function seededSearch(): SearchResult {
  const random = createRandom(17, RandomStream.sample);
  const point = (
    pass: "coarse" | "fine",
    lambda: number,
    learningRate: number,
    batchSize: number,
  ): SearchPoint => {
    const diverged = learningRate >= 0.03 && batchSize < 200;
    const across = Math.log10(learningRate / 0.006) - 0.5 * Math.log10(batchSize / 200);
    const along = Math.log10(lambda / 0.003);
    const accuracy = 0.413 - 0.03 * across ** 2 - 0.012 * along ** 2 + 0.001 * random.normal();
    return {
      pass,
      lambda,
      learningRate,
      batchSize,
      epochs: pass === "coarse" ? 6 : 12,
      validationAccuracy: diverged ? null : accuracy + (pass === "fine" ? 0.003 : 0),
      validationLoss: diverged ? null : 1.7 + (0.413 - accuracy) * 3,
    };
  };
  const coarse = [50, 200].flatMap((batchSize) =>
    [0.0001, 0.001, 0.01, 0.1].flatMap((lambda) =>
      [0.001, 0.003, 0.01, 0.03].map((rate) => point("coarse", lambda, rate, batchSize)),
    ),
  );
  const fine = [0.000215, 0.000464, 0.001, 0.00215, 0.00464].flatMap((lambda) =>
    [0.00577, 0.01, 0.0173].map((rate) => point("fine", lambda, rate, 200)),
  );
  const [first, ...others] = fine as [SearchPoint, ...SearchPoint[]];
  const chosen = others.reduce(
    (best, one) => ((one.validationAccuracy ?? 0) > (best.validationAccuracy ?? 0) ? one : best),
    first,
  );
  return {
    settings: resolveSettings({ flip: 0.5, schedule: { kind: "cosine" } }),
    trainImages: 45_000,
    validationImages: 5000,
    points: [...coarse, ...fine],
    chosen,
  };
}
