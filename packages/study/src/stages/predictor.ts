// Predictions of trained models, one model after the other, on an engine that none of them trains on.

import type { EngineFactory } from "@trainscope/core";
import {
  componentStatistics,
  createParameters,
  type Dataset,
  inputCount,
  type ModelParameters,
  type Split,
} from "@trainscope/core";
import { type Predictions, predictedClass } from "@trainscope/core/analysis";
import type { Evaluation } from "@trainscope/core/engine";
import type { Environment } from "@trainscope/core/events";
import type { LossName } from "@trainscope/core/settings";
import { environmentOf } from "@trainscope/core/training";

export interface Predictor {
  readonly environment: Environment;
  /** Predictions of a model that was trained on this data set, under this loss. One call at a time. */
  predict(parameters: ModelParameters, split: Split): Promise<Predictions>;
  close(): Promise<void>;
}

export async function createPredictor(
  dataset: Dataset,
  loss: LossName,
  createEngine: EngineFactory,
): Promise<Predictor> {
  const { shape, train, validation, test } = dataset;
  const classes = dataset.classNames.length;
  const inputs = inputCount(shape);
  const engine = await createEngine({
    shape,
    classes,
    splits: { train, validation, test },
    statistics: componentStatistics(train, inputs),
    loss,
    initial: createParameters(classes, inputs),
  });

  return {
    environment: environmentOf(engine),

    async predict(parameters, split) {
      await engine.load(parameters);
      const rows = dataset[split].labels.length;
      const given = {
        labels: dataset[split].labels,
        predicted: new Int16Array(rows),
        predictedProbabilities: new Float32Array(rows),
        labelProbabilities: new Float32Array(rows),
      };
      let lossSum = 0;
      for (let first = 0; first < rows; first += engine.evaluationRows) {
        const end = Math.min(first + engine.evaluationRows, rows);
        lossSum += readPredictions(await engine.evaluate(split, first, end), classes, first, given);
      }
      const mean = lossSum / rows;
      return { ...given, loss: Number.isFinite(mean) ? mean : null };
    },
    close: () => engine.close(),
  };
}

/** Writes the predictions of the rows from `first` on; gives the sum of their losses. */
function readPredictions(
  { size, probabilities, losses, labels }: Evaluation,
  classes: number,
  first: number,
  into: Omit<Predictions, "loss">,
): number {
  let lossSum = 0;
  for (let row = 0; row < size; row++) {
    const start = row * classes;
    const answer = predictedClass(probabilities, start, classes);
    into.predicted[first + row] = answer;
    into.predictedProbabilities[first + row] =
      answer < 0 ? Number.NaN : (probabilities[start + answer] as number);
    into.labelProbabilities[first + row] = probabilities[start + (labels[row] as number)] as number;
    lossSum += losses[row] as number;
  }
  return lossSum;
}
