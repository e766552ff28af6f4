// The last stage: every model that was trained is asked once for its answers to the test images, and the results are
// put together. Nothing is chosen any more.
import type { Predictions } from "@trainscope/core/analysis";
import { probabilityHistogram } from "@trainscope/core/analysis";
import { modelOnTest } from "./model-on-test.ts";
import type { TrainedOptionalPart } from "./optional-part.ts";
import { ensembleResult, seedSpreadOf, type TestedVariant, variantResult } from "./optional-results.ts";
import { SETTINGS, searchSettings } from "./plan.ts";
import { type ModelPredictions, type PredictionRequest, predictModels } from "./predict-models.ts";
import type { FinalResult, GradientCheckResult, OptionalResults, StudyResults } from "./results.ts";
import { settingResult, type TestedTrial } from "./settings-results.ts";
import { datasetOf } from "./stages.ts";
import type { StudyOptions } from "./study-options.ts";
import type { StudyTrialResult } from "./trial.ts";
import { BASELINE, SIGMOID } from "./variants.ts";

export interface TrainedStudy extends StudyOptions {
  readonly gradientCheck: GradientCheckResult;
  /** The seeds of each setting. */
  readonly settings: readonly (readonly StudyTrialResult[])[];
  readonly best: number;
  readonly optional: TrainedOptionalPart | null;
}

/** Bins of 0.05. */
const HISTOGRAM_BINS = 20;

/**
 * Test accuracy on CIFAR-10 of softmax regression on all 50,000 training images as they are, its cost minimised to the
 * end by scikit-learn's L-BFGS: 41.0, 41.3, 41.5 and 41.3 % for lambda 0.005, 0.01, 0.02 and 0.04.
 */
const EXACT_OPTIMUM = 0.415;

export async function testStudy(study: TrainedStudy): Promise<StudyResults> {
  const { data, settings, best, optional, seeds } = study;
  const { predictionsOf, environment } = await examineAll(study);
  const { classNames, shape, train, validation, test, name } = data.assignment;
  const tested = settings.map((ofSetting) =>
    ofSetting.map((result): TestedTrial => ({ result, onTest: predictionsOf(result, "test") })),
  );
  const chosen = tested[best]?.[0] as TestedTrial;
  return {
    v: 1,
    part: optional === null ? "basic" : "full",
    quick: study.quick,
    seeds,
    environment,
    data: {
      name,
      classNames,
      shape,
      train: train.labels.length,
      validation: validation.labels.length,
      test: test.labels.length,
    },
    gradientCheck: study.gradientCheck,
    settings: SETTINGS.map((planned, index) =>
      settingResult(planned, tested[index] as [TestedTrial, ...TestedTrial[]], data.isCifar10 && !study.quick),
    ),
    best,
    bestModel: modelOnTest(chosen.result.record.trial.title, chosen.onTest, data.assignment),
    optional: optional && optionalResults(study, optional, predictionsOf),
  };
}

type PredictionsOf = (result: StudyTrialResult, split: "validation" | "test") => Predictions;

/** Every model's predictions, in one go. */
async function examineAll({ data, settings, optional, engine, threads, emit, signal }: TrainedStudy) {
  const trials = [
    ...settings.flat(),
    ...(optional === null ? [] : [...optional.variants.map(({ result }) => result), optional.final]),
  ];
  const requests = trials.map(({ record, parameters }): PredictionRequest => {
    const { stage, settings: chosen, data: which } = record.trial;
    return {
      dataset: datasetOf(data, which),
      loss: chosen.loss,
      parameters,
      splits: stage === "improvements" ? ["validation", "test"] : ["test"],
    };
  });
  const { models, environment } = await predictModels(requests, {
    engine: engine(threads),
    signal,
    onProgress: (done, request) =>
      emit({
        type: "stage:progress",
        stage: "test",
        done,
        steps: requests.length,
        text: trials[requests.indexOf(request)]?.record.trial.title ?? "",
      }),
  });
  const byTrial = new Map<StudyTrialResult, ModelPredictions>(
    trials.map((trial, i) => [trial, models[i] as ModelPredictions]),
  );
  const predictionsOf: PredictionsOf = (result, split) => byTrial.get(result)?.[split] as Predictions;
  return { predictionsOf, environment };
}

function optionalResults(
  { data, quick, seeds }: TrainedStudy,
  { variants, otherSeeds, points, chosen, final }: TrainedOptionalPart,
  predictionsOf: PredictionsOf,
): OptionalResults {
  const tested = variants.map(
    ({ planned, result }): TestedVariant => ({
      planned,
      result,
      onValidation: predictionsOf(result, "validation"),
      onTest: predictionsOf(result, "test"),
    }),
  );
  const named = (id: string) => tested.find(({ planned }) => planned.id === id) as TestedVariant;
  const baseline = named(BASELINE);
  const seedSpread = seedSpreadOf([baseline.result, ...otherSeeds].map(({ record }) => record));
  const reference = { baseline, seedSpread };
  const searched = datasetOf(data, data.optional?.large ? "large" : "small");
  return {
    baseline: variantResult(baseline, reference),
    seedSpread,
    variants: tested
      .filter((variant) => variant !== baseline)
      .map((variant) => variantResult(variant, reference)),
    ensemble: ensembleResult(tested, reference, data.assignment.classNames.length),
    search: {
      settings: searchSettings(seeds[0] ?? 0),
      trainImages: searched.train.labels.length,
      validationImages: searched.validation.labels.length,
      points,
      chosen,
    },
    final: finalResult(final, predictionsOf(final, "test"), data.isCifar10 && !quick),
    histograms: [
      probabilityHistogram("Softmax", baseline.onTest, HISTOGRAM_BINS),
      probabilityHistogram("Sigmoid (binary cross-entropy)", named(SIGMOID).onTest, HISTOGRAM_BINS),
    ],
  };

  function finalResult(
    { record, parameters, frames }: StudyTrialResult,
    onTest: Predictions,
    isComparable: boolean,
  ): FinalResult {
    const { trial, trainImages, validationImages, epochs, series, learningRates, metrics, milliseconds } =
      record;
    return {
      settings: trial.settings,
      trainImages,
      heldOutImages: validationImages,
      epochs,
      series,
      learningRates,
      validationAccuracy: metrics["validation/accuracy"] ?? null,
      onTest: modelOnTest(trial.title, onTest, datasetOf(data, "final")),
      testLoss: onTest.loss,
      exactOptimum: isComparable ? EXACT_OPTIMUM : null,
      milliseconds,
      parameters,
      frames,
    };
  }
}
