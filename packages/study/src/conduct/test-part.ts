// The last stage: every model that was trained is asked once for its answers to the test images, and the results are
// put together. Nothing is chosen any more.
import type { Predictions } from "@trainscope/core/analysis";
import { probabilityHistogram } from "@trainscope/core/analysis";
import { type ExaminedModel, type ExamineRequest, examineModels } from "./examine-models.ts";
import { modelOnTest } from "./model-on-test.ts";
import type { TrainedOptionalPart } from "./optional-part.ts";
import { type ExaminedVariant, ensembleResult, seedSpreadOf, variantResult } from "./optional-results.ts";
import { SETTINGS, searchSettings } from "./plan.ts";
import type { FinalResult, GradientCheckResult, OptionalResults, StudyResults } from "./results.ts";
import { type ExaminedTrial, settingResult } from "./settings-results.ts";
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

export async function examineStudy(study: TrainedStudy): Promise<StudyResults> {
  const { data, settings, best, optional, seeds } = study;
  const { answersOf, environment } = await examineAll(study);
  const { classNames, shape, train, validation, test, name } = data.assignment;
  const examined = settings.map((ofSetting) =>
    ofSetting.map((result): ExaminedTrial => ({ result, onTest: answersOf(result, "test") })),
  );
  const chosen = examined[best]?.[0] as ExaminedTrial;
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
      settingResult(
        planned,
        examined[index] as [ExaminedTrial, ...ExaminedTrial[]],
        data.isCifar10 && !study.quick,
      ),
    ),
    best,
    bestModel: modelOnTest(chosen.result.record.trial.title, chosen.onTest, data.assignment),
    optional: optional && optionalResults(study, optional, answersOf),
  };
}

type AnswersOf = (result: StudyTrialResult, split: "validation" | "test") => Predictions;

/** Every model's answers, in one go. */
async function examineAll({ data, settings, optional, engine, threads, emit, signal }: TrainedStudy) {
  const trials = [
    ...settings.flat(),
    ...(optional === null ? [] : [...optional.variants.map(({ result }) => result), optional.final]),
  ];
  const requests = trials.map(({ record, parameters }): ExamineRequest => {
    const { stage, settings: chosen, data: which } = record.trial;
    return {
      dataset: datasetOf(data, which),
      loss: chosen.loss,
      parameters,
      splits: stage === "improvements" ? ["validation", "test"] : ["test"],
    };
  });
  const { models, environment } = await examineModels(requests, {
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
  const byTrial = new Map<StudyTrialResult, ExaminedModel>(
    trials.map((trial, i) => [trial, models[i] as ExaminedModel]),
  );
  const answersOf: AnswersOf = (result, split) => byTrial.get(result)?.[split] as Predictions;
  return { answersOf, environment };
}

function optionalResults(
  { data, quick, seeds }: TrainedStudy,
  { variants, otherSeeds, points, chosen, final }: TrainedOptionalPart,
  answersOf: AnswersOf,
): OptionalResults {
  const examined = variants.map(
    ({ planned, result }): ExaminedVariant => ({
      planned,
      result,
      onValidation: answersOf(result, "validation"),
      onTest: answersOf(result, "test"),
    }),
  );
  const named = (id: string) => examined.find(({ planned }) => planned.id === id) as ExaminedVariant;
  const baseline = named(BASELINE);
  const seedSpread = seedSpreadOf([baseline.result, ...otherSeeds].map(({ record }) => record));
  const reference = { baseline, seedSpread };
  const searched = datasetOf(data, data.optional?.large ? "large" : "small");
  return {
    baseline: variantResult(baseline, reference),
    seedSpread,
    variants: examined
      .filter((variant) => variant !== baseline)
      .map((variant) => variantResult(variant, reference)),
    ensemble: ensembleResult(examined, reference, data.assignment.classNames.length),
    search: {
      settings: searchSettings(seeds[0] ?? 0),
      trainImages: searched.train.labels.length,
      validationImages: searched.validation.labels.length,
      points,
      chosen,
    },
    final: finalResult(final, answersOf(final, "test"), data.isCifar10 && !quick),
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
