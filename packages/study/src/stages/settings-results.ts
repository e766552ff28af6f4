// What the four settings came to, over their seeds.

import { squaredNorm } from "@trainscope/core";
import {
  accuracyOf,
  curveSpreadOf,
  meanAbsoluteChange,
  type Predictions,
  spreadOf,
} from "@trainscope/core/analysis";
import { SPLITS } from "@trainscope/core/events";
import type { PlannedSetting } from "./plan.ts";
import type { SettingResult } from "./results.ts";
import type { StudyTrialResult } from "./trial.ts";

export interface TestedTrial {
  readonly result: StudyTrialResult;
  readonly onTest: Predictions;
}

const NAMES = ["loss", "cost", "accuracy"] as const;

/** `trials` are one setting's, a seed each, the first with frames. */
export function settingResult(
  { lambda, learningRate, published }: PlannedSetting,
  trials: readonly [TestedTrial, ...TestedTrial[]],
  isComparable: boolean,
): SettingResult {
  const [first] = trials;
  const records = trials.map(({ result }) => result.record);
  const ends = trials.map((trial) => ({ ...trial.result.record.metrics, ...testFigures(trial) }));
  const tags = (splits: readonly string[]) =>
    splits.flatMap((split) => NAMES.map((name) => `${split}/${name}`));
  const validation = records.map(({ series }) => series["validation/accuracy"] ?? []);
  // The longest: a seed may have diverged where another hasn't.
  const longest = records.reduce((a, b) => (b.epochs.length > a.epochs.length ? b : a));
  return {
    lambda,
    learningRate,
    batchSize: first.result.record.trial.settings.batchSize,
    epochs: longest.epochs,
    curves: Object.fromEntries(
      tags(["train", "validation"]).map((tag) => [
        tag,
        curveSpreadOf(records.map(({ series }) => series[tag] ?? [])),
      ]),
    ),
    figures: Object.fromEntries(
      tags(SPLITS).map((tag) => [tag, spreadOf(ends.map((figures) => figures[tag] ?? null))]),
    ),
    jumpiness: spreadOf(validation.map(meanAbsoluteChange)),
    gap: spreadOf(ends.map((figures) => gapOf(figures))),
    reasons: records.map(({ reason }) => reason),
    published: isComparable ? published : null,
    parameters: first.result.parameters,
    frames: first.result.frames,
  };
}

/** None where the run diverged: what such a model answers means nothing. */
function testFigures({ result, onTest }: TestedTrial): Record<string, number | null> {
  if (result.record.reason === "diverged") return {};
  const { lambda } = result.record.trial.settings;
  const { loss } = onTest;
  return {
    "test/loss": loss,
    "test/cost": loss === null ? null : loss + lambda * squaredNorm(result.parameters.weights),
    "test/accuracy": accuracyOf(onTest),
  };
}

function gapOf(figures: Readonly<Record<string, number | null>>): number | null {
  const [train = null, validation = null] = [figures["train/accuracy"], figures["validation/accuracy"]];
  return train === null || validation === null ? null : train - validation;
}

/** Index of the greatest mean validation accuracy, the first of equals; of those that have one. */
export function bestSetting(trials: readonly (readonly StudyTrialResult[])[]): number {
  const means = trials.map(
    (ofSetting) =>
      spreadOf(ofSetting.map(({ record }) => record.metrics["validation/accuracy"] ?? null)).mean ??
      Number.NEGATIVE_INFINITY,
  );
  return means.indexOf(Math.max(...means));
}
