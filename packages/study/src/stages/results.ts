// What a study comes to: everything that a report shows. Numbers are as the metrics give them, accuracies fractions.
// Plain data but for the typed arrays of parameters, frames and images.

import type { ImageShape, ModelParameters } from "@trainscope/core";
import type {
  ClassOnTest,
  CurveSpread,
  Mistake,
  PairedGain,
  ProbabilityHistogram,
  Spread,
} from "@trainscope/core/analysis";
import type { Environment, MetricValues, RunEndReason } from "@trainscope/core/events";
import type { GradientCheckRow } from "@trainscope/core/gradient-check";
import type { LossName, TrainSettings } from "@trainscope/core/settings";
import type { TemplateFrame } from "@trainscope/sweep/trial";
import type { StudyPart } from "./events.ts";

/** What a study came to: plain data, which a report is written from. */
export interface StudyResults {
  readonly v: 1;
  readonly part: StudyPart;
  /** Fewer epochs than the assignment asks for: not to be compared with published figures. */
  readonly quick: boolean;
  readonly seeds: readonly number[];
  readonly environment: Environment;
  readonly data: StudyDataInfo;
  readonly gradientCheck: GradientCheckResult;
  /** The assignment's four, in its order. */
  readonly settings: readonly SettingResult[];
  /** Index of the setting with the best mean validation accuracy. */
  readonly best: number;
  /** The best setting's model of the first seed, on the test split. */
  readonly bestModel: ModelOnTest;
  /** `null` in a basic study. */
  readonly optional: OptionalResults | null;
}

/** What a study's results say of its data. */
export interface StudyDataInfo {
  /** E.g. "CIFAR-10 (data_batch_1)". */
  readonly name: string;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  /** Images. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** What the study's gradient check came to, and what was demanded of it. */
export interface GradientCheckResult {
  readonly loss: LossName;
  /** Of the parameters that were checked. */
  readonly seed: number;
  /** Of the centred difference. */
  readonly step: number;
  /** The largest absolute difference that passes is below this. */
  readonly tolerance: number;
  /** Of the relative error `|a - n| / max(epsilon, |a| + |n|)`. */
  readonly epsilon: number;
  readonly rows: readonly GradientCheckRow[];
  readonly passed: boolean;
}

/** What one of the assignment's settings came to, over its seeds. */
export interface SettingResult {
  readonly lambda: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: readonly number[];
  /** By tag: train and validation loss, cost and accuracy. */
  readonly curves: Readonly<Record<string, CurveSpread>>;
  /** By tag: train, validation and test loss, cost and accuracy at the end. */
  readonly figures: Readonly<Record<string, Spread>>;
  /** Mean absolute change of the validation accuracy from epoch to epoch, over the last half of the epochs. */
  readonly jumpiness: Spread;
  /** Training less validation accuracy at the end. */
  readonly gap: Spread;
  /** How the runs ended, one a seed. */
  readonly reasons: readonly RunEndReason[];
  /** Test accuracies that several independent implementations have published, from least to greatest. */
  readonly published: readonly [number, number] | null;
  /** Of the first seed. */
  readonly parameters: ModelParameters;
  readonly frames: readonly TemplateFrame[];
}

/** One model's predictions on the test split. */
export interface ModelOnTest {
  readonly title: string;
  readonly images: number;
  readonly accuracy: number;
  /** `K x K` counts: a row is a true class, a column an answer. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassOnTest[];
  /** Wrong predictions, the most confident first. */
  readonly mistakes: readonly Mistake[];
}

/** What the study's optional part came to: variants, search, ensemble and final model. */
export interface OptionalResults {
  /** The best of the four settings, trained anew beside the variants. */
  readonly baseline: VariantResult;
  readonly seedSpread: SeedSpread;
  /** Each differs from the baseline in one thing, and where that needs another learning rate, in that. */
  readonly variants: readonly VariantResult[];
  /** `null` where fewer than two models came to figures. */
  readonly ensemble: EnsembleResult | null;
  readonly search: SearchResult;
  readonly final: FinalResult;
  /** On the test split: the softmax baseline and the variant with binary cross-entropy. */
  readonly histograms: readonly ProbabilityHistogram[];
}

/** What another seed does to the baseline. */
export interface SeedSpread {
  /** Runs of the baseline that differ in their seed only, itself among them. */
  readonly runs: number;
  /** Sample standard deviation of their validation accuracies; 0 where fewer than two came to one. */
  readonly deviation: number;
}

/** What a variant of the study changes. */
export type VariantGroup =
  | "data"
  | "augmentation"
  | "schedule"
  | "initialisation"
  | "stopping"
  | "batch size"
  | "loss"
  | "ensemble";

/** What a variant came to, beside the baseline. */
export interface VariantResult {
  readonly id: string;
  readonly group: VariantGroup | "baseline";
  /** E.g. "Mirroring". */
  readonly title: string;
  /** What it changes, e.g. "half of the images, at random". */
  readonly change: string;
  readonly settings: TrainSettings;
  readonly trainImages: number;
  readonly reason: RunEndReason;
  readonly epochs: readonly number[];
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  readonly learningRates: readonly number[];
  readonly keptEpoch: number | null;
  /** Of the parameters that it ended with, train and validation. */
  readonly metrics: MetricValues;
  readonly validationImages: number;
  /** `null`, as the other figures, where it came to no numbers. */
  readonly validationAccuracy: number | null;
  /** Over the baseline; `null` for itself, and where one of the two came to no numbers. */
  readonly gain: PairedGain | null;
  readonly testAccuracy: number | null;
  readonly milliseconds: number;
}

/** What the majority vote of a study's models comes to. */
export interface EnsembleResult {
  /** Titles of the models that vote: the baseline and the variants on the same training images. */
  readonly members: readonly string[];
  readonly validationAccuracy: number;
  /** Over the baseline. */
  readonly gain: PairedGain;
  readonly testAccuracy: number;
  /** Least, mean and greatest of the members' validation accuracies. */
  readonly memberAccuracies: readonly [number, number, number];
}

/** Settings that the study's search has tried, and what they came to on validation. */
export interface SearchPoint {
  readonly pass: "coarse" | "fine";
  readonly lambda: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** `null` where it diverged. */
  readonly validationAccuracy: number | null;
  readonly validationLoss: number | null;
}

/** What the study's search for settings came to. */
export interface SearchResult {
  /** What all points share: schedule, mirroring and so on. */
  readonly settings: TrainSettings;
  readonly trainImages: number;
  readonly validationImages: number;
  readonly points: readonly SearchPoint[];
  /** Of the fine pass. */
  readonly chosen: SearchPoint;
}

/** What the study's last model comes to, on the test images too. */
export interface FinalResult {
  readonly settings: TrainSettings;
  readonly trainImages: number;
  readonly heldOutImages: number;
  readonly epochs: readonly number[];
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  readonly learningRates: readonly number[];
  /** `null`, as the test loss, where it came to no numbers. */
  readonly validationAccuracy: number | null;
  readonly onTest: ModelOnTest;
  readonly testLoss: number | null;
  /** Test accuracy of a linear model on all training images by an exact optimiser; `null` where none is known. */
  readonly exactOptimum: number | null;
  readonly milliseconds: number;
  readonly parameters: ModelParameters;
  readonly frames: readonly TemplateFrame[];
}
