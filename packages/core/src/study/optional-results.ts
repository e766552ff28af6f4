// What the optional part came to.
import { type Answers, accuracyOf, lastAnswers } from "../analysis/answers.ts";
import { majorityVote } from "../analysis/majority-vote.ts";
import { pairedGainOf } from "../analysis/paired-gain.ts";
import { spreadOf } from "../analysis/spread.ts";
import { TrainscopeError } from "../errors.ts";
import type { PlannedVariant } from "./plan.ts";
import type { EnsembleResult, PairedGain, SearchPoint, VariantResult } from "./results.ts";
import type { TrialResult } from "./trial.ts";

export interface ExaminedVariant {
  readonly planned: PlannedVariant;
  readonly result: TrialResult;
  readonly onValidation: Answers;
  readonly onTest: Answers;
}

export function variantResult(variant: ExaminedVariant, baseline: ExaminedVariant): VariantResult {
  const { planned, result, onValidation, onTest } = variant;
  const { id, group, title, change, settings } = planned;
  const { trainImages, reason, epochs, series, learningRates, keptEpoch, metrics, milliseconds } =
    result.record;
  return {
    id,
    group,
    title,
    change,
    settings,
    trainImages,
    reason,
    epochs,
    series,
    learningRates,
    keptEpoch,
    metrics,
    validationImages: onValidation.labels.length,
    validationAccuracy: accuracyOf(onValidation) ?? Number.NaN,
    gain: variant === baseline ? null : gainOver(onValidation, baseline.onValidation),
    testAccuracy: accuracyOf(onTest) ?? Number.NaN,
    milliseconds,
  };
}

/** A variant that validates on fewer images than the baseline validates on the last of them. */
function gainOver(model: Pick<Answers, "labels" | "answers">, baseline: Answers): PairedGain {
  return pairedGainOf(model, lastAnswers(baseline, model.labels.length));
}

/** The vote of those that were trained on the same images as the baseline, itself among them, and didn't diverge. */
export function ensembleResult(
  variants: readonly ExaminedVariant[],
  baseline: ExaminedVariant,
  classes: number,
): EnsembleResult {
  const members = variants.filter(({ planned, onTest }) => planned.data === "small" && onTest.loss !== null);
  const onValidation = majorityVote(
    members.map((member) => member.onValidation),
    classes,
  );
  const onTest = majorityVote(
    members.map((member) => member.onTest),
    classes,
  );
  const accuracies = members.map((member) => accuracyOf(member.onValidation) ?? Number.NaN);
  return {
    members: members.map(({ planned }) => planned.title),
    validationAccuracy: accuracyOf(onValidation) ?? Number.NaN,
    gain: gainOver(onValidation, baseline.onValidation),
    testAccuracy: accuracyOf(onTest) ?? Number.NaN,
    memberAccuracies: [
      Math.min(...accuracies),
      spreadOf(accuracies).mean ?? Number.NaN,
      Math.max(...accuracies),
    ],
  };
}

export function searchPoint({ record }: TrialResult, pass: SearchPoint["pass"]): SearchPoint {
  const { lambda, learningRate, batchSize, epochs } = record.trial.settings;
  const diverged = record.reason === "diverged";
  return {
    pass,
    lambda,
    learningRate,
    batchSize,
    epochs,
    validationAccuracy: diverged ? null : (record.metrics["validation/accuracy"] ?? null),
    validationLoss: diverged ? null : (record.metrics["validation/loss"] ?? null),
  };
}

/**
 * The least validation loss, the first of equals: it tells neighbours apart whose accuracies differ by less than
 * chance. Throws `TRIAL_FAILED` where all diverged.
 */
export function bestPoint(points: readonly SearchPoint[]): SearchPoint {
  const lossOf = ({ validationLoss }: SearchPoint): number => validationLoss ?? Number.POSITIVE_INFINITY;
  const best = points.reduce<SearchPoint | undefined>(
    (before, point) => (before === undefined || lossOf(point) < lossOf(before) ? point : before),
    undefined,
  );
  if (best === undefined || best.validationLoss === null) {
    throw new TrainscopeError("TRIAL_FAILED", "every point of the search diverged: there is nothing to choose");
  }
  return best;
}
