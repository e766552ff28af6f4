// Loss, cost and accuracy: metrics like any other.
import { predictedClasses } from "../analysis/predictions.ts";
import { SPLITS } from "../data/dataset.ts";
import type { LossName } from "../losses/names.ts";
import { squaredNorm } from "../model/linear.ts";
import type { AnyMetric, Metric } from "./metric.ts";

/** A sum over `count` rows; `penalty` is the L2 term, which is the same for all of them. */
interface Mean {
  readonly sum: number;
  readonly count: number;
  readonly penalty: number;
}

const EMPTY: Mean = { sum: 0, count: 0, penalty: 0 };

function resultOf({ sum, count, penalty }: Mean): number | null {
  return count === 0 ? null : sum / count + penalty;
}

/** `mean(l)`, without the L2 term. */
function createLossMetric(loss: LossName, classes: number): Metric<Mean> {
  return {
    name: "loss",
    splits: SPLITS,
    direction: "min",
    critical: true,
    ...(loss === "svm" ? {} : { unit: "nats" }),
    // Guessing gives each class the probability 1/K.
    display: loss === "softmax" ? { baseline: Math.log(classes) } : {},
    init: () => EMPTY,
    update: (state, batch) => addRows(state, batch.size, total(batch.losses)),
    result: resultOf,
  };
}

/** `J = mean(l) + lambda sum(W^2)`. */
function createCostMetric(): Metric<Mean> {
  return {
    name: "cost",
    splits: SPLITS,
    direction: "min",
    critical: true,
    init: () => EMPTY,
    update(state, batch) {
      const penalty = state.count > 0 ? state.penalty : batch.lambda * squaredNorm(batch.parameters.weights);
      return { ...addRows(state, batch.size, total(batch.losses)), penalty };
    },
    result: resultOf,
  };
}

/** The fraction of rows whose largest probability is at their label; the first of equals counts as largest, and NaN as none. */
function createAccuracyMetric(classes: number): Metric<Mean> {
  return {
    name: "accuracy",
    splits: SPLITS,
    direction: "max",
    critical: true,
    unit: "fraction",
    display: { baseline: 1 / classes, range: [0, 1] },
    init: () => EMPTY,
    update(state, { size, probabilities, labels }) {
      const predicted = predictedClasses(probabilities, classes, size);
      let right = 0;
      for (let row = 0; row < size; row++) right += Number(predicted[row] === labels[row]);
      return addRows(state, size, right);
    },
    result: resultOf,
  };
}

export function createBuiltInMetrics(loss: LossName, classes: number): readonly AnyMetric[] {
  return [createLossMetric(loss, classes), createCostMetric(), createAccuracyMetric(classes)];
}

function addRows(state: Mean, rows: number, sum: number): Mean {
  return { ...state, sum: state.sum + sum, count: state.count + rows };
}

function total(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}
