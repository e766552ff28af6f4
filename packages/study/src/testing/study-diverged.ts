// A made-up study whose runs diverged in their first epoch, as core tells of them: no epoch, no loss, no number in W.

import type { ModelParameters } from "@trainscope/core";
import type { ModelOnTest, SettingResult, StudyResults, VariantResult } from "../stages/results.ts";
import { seededStudy } from "./study.ts";
import { spreadOf } from "./study-runs.ts";

/** All four settings and the final model diverged, and of the variants the baseline and every second one, or all. */
export function divergedStudy({
  seeds = 1,
  variants = "half",
}: {
  seeds?: number;
  variants?: "half" | "all";
} = {}): StudyResults {
  const study = seededStudy({ seeds });
  const { optional } = study;
  if (optional === null) throw new Error("a full study has an optional part");
  const { final } = optional;
  const all = variants === "all";
  return {
    ...study,
    settings: study.settings.map(divergedSetting),
    best: 0,
    bestModel: divergedModel(study.bestModel),
    optional: {
      ...optional,
      seedSpread: all ? { runs: 5, deviation: 0 } : optional.seedSpread,
      baseline: all ? divergedVariant(optional.baseline) : optional.baseline,
      variants: optional.variants.map((one, i) => (all || i % 2 === 0 ? divergedVariant(one) : one)),
      ensemble: all ? null : optional.ensemble,
      histograms: all
        ? optional.histograms.map((one) => ({ ...one, right: [0, 0], wrong: [0, 0] }))
        : optional.histograms,
      final: {
        ...final,
        ...NO_EPOCHS,
        validationAccuracy: null,
        testLoss: null,
        onTest: divergedModel(final.onTest),
        parameters: lost(final.parameters),
        frames: [],
      },
    },
  };
}

const NO_EPOCHS = { epochs: [], series: {}, learningRates: [] };

function divergedSetting(setting: SettingResult): SettingResult {
  const none = spreadOf(setting.reasons.map(() => null));
  const empty = { mean: [], deviation: [] };
  return {
    ...setting,
    epochs: [],
    curves: Object.fromEntries(Object.keys(setting.curves).map((tag) => [tag, empty])),
    figures: Object.fromEntries(Object.keys(setting.figures).map((tag) => [tag, none])),
    jumpiness: none,
    gap: none,
    reasons: setting.reasons.map(() => "diverged"),
    parameters: lost(setting.parameters),
    frames: [],
  };
}

function divergedVariant(variant: VariantResult): VariantResult {
  return {
    ...variant,
    ...NO_EPOCHS,
    reason: "diverged",
    keptEpoch: null,
    metrics: { "train/loss": null, "validation/loss": null },
    validationAccuracy: null,
    gain: null,
    testAccuracy: null,
  };
}

/** Every answer is the first class, as surely as no number is. */
function divergedModel(model: ModelOnTest): ModelOnTest {
  return {
    ...model,
    accuracy: 0.1,
    confusion: model.confusion.map((row) => row.map((_, k) => (k === 0 ? model.images / row.length : 0))),
    mistakes: model.mistakes.map((one) => ({
      ...one,
      answerProbability: Number.NaN,
      labelProbability: Number.NaN,
    })),
  };
}

function lost(parameters: ModelParameters): ModelParameters {
  const { weights, biases } = parameters;
  return { ...parameters, weights: weights.map(() => Number.NaN), biases: biases.map(() => Number.NaN) };
}
