// What the optional part came to.

import type { PairedGain } from "@trainscope/core/analysis";
import {
  accuracyOf,
  lastPredictions,
  majorityVote,
  type Predictions,
  pairedGainOf,
  spreadOf,
} from "@trainscope/core/analysis";
import type { EnsembleResult, SearchPoint, SeedSpread, VariantResult } from "./results.ts";
import type { StudyTrialRecord, StudyTrialResult } from "./trial.ts";
import type { PlannedVariant } from "./variants.ts";

export interface TestedVariant {
  readonly planned: PlannedVariant;
  readonly result: StudyTrialResult;
  readonly onValidation: Predictions;
  readonly onTest: Predictions;
}

/** What gains are measured by. */
export interface BaselineReference {
  readonly baseline: TestedVariant;
  readonly seedSpread: SeedSpread;
}

/** Whether the model came to numbers: one that diverged may answer, but what it answers means nothing. */
function isSound({ reason, metrics }: StudyTrialRecord): boolean {
  return reason !== "diverged" && typeof metrics["validation/loss"] === "number";
}

/** Of runs of the baseline that differ in their seed only. */
export function seedSpreadOf(records: readonly StudyTrialRecord[]): SeedSpread {
  const accuracies = records.map(({ metrics }) => metrics["validation/accuracy"] ?? null);
  return { runs: records.length, deviation: spreadOf(accuracies).deviation ?? 0 };
}

export function variantResult(variant: TestedVariant, reference: BaselineReference): VariantResult {
  const { planned, result, onValidation, onTest } = variant;
  const { id, group, title, change, settings } = planned;
  const { trainImages, reason, epochs, series, learningRates, keptEpoch, metrics, milliseconds } =
    result.record;
  const sound = isSound(result.record);
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
    validationAccuracy: sound ? accuracyOf(onValidation) : null,
    gain: variant === reference.baseline ? null : gainOf(variant, reference),
    testAccuracy: sound ? accuracyOf(onTest) : null,
    milliseconds,
  };
}

/** A variant that validates on fewer images than the baseline validates on the last of them. */
function gainOf(
  { result, onValidation }: TestedVariant,
  { baseline, seedSpread }: BaselineReference,
): PairedGain | null {
  if (!isSound(result.record) || !isSound(baseline.result.record)) return null;
  const compared = lastPredictions(baseline.onValidation, onValidation.labels.length);
  return pairedGainOf(onValidation, compared, seedSpread.deviation);
}

/** The vote of those that were trained on the same images as the baseline, itself among them. */
export function ensembleResult(
  variants: readonly TestedVariant[],
  { baseline, seedSpread }: BaselineReference,
  classes: number,
): EnsembleResult | null {
  const members = variants.filter(({ planned, result }) => planned.data === "small" && isSound(result.record));
  if (members.length < 2 || !members.includes(baseline)) return null;
  const vote = (predictionsOf: (member: TestedVariant) => Predictions) =>
    majorityVote(members.map(predictionsOf), classes);
  const onValidation = vote((member) => member.onValidation);
  const accuracies = members.map((member) => accuracyOf(member.onValidation) ?? 0);
  return {
    members: members.map(({ planned }) => planned.title),
    validationAccuracy: accuracyOf(onValidation) ?? 0,
    gain: pairedGainOf(onValidation, baseline.onValidation, seedSpread.deviation),
    testAccuracy: accuracyOf(vote((member) => member.onTest)) ?? 0,
    memberAccuracies: [Math.min(...accuracies), spreadOf(accuracies).mean ?? 0, Math.max(...accuracies)],
  };
}

/** `null` where it came to no numbers. */
export function soundLoss(record: StudyTrialRecord): number | null {
  return isSound(record) ? (record.metrics["validation/loss"] ?? null) : null;
}

export function searchPoint({ record }: StudyTrialResult, pass: SearchPoint["pass"]): SearchPoint {
  const { lambda, learningRate, batchSize, epochs } = record.trial.settings;
  return {
    pass,
    lambda,
    learningRate,
    batchSize,
    epochs,
    validationAccuracy: isSound(record) ? (record.metrics["validation/accuracy"] ?? null) : null,
    validationLoss: soundLoss(record),
  };
}
