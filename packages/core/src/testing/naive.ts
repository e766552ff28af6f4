// The model's arithmetic once more, written straight from the formulas and sharing no code with the engines: what
// the engine contract compares with. For small problems only.
import { type Dataset, inputCount } from "../data/dataset.ts";
import type { LossName } from "../losses/names.ts";

export interface NaiveModel {
  /** K rows of d. */
  weights: number[][];
  biases: number[];
}

/** Images as rows of `(x/255 - mean) / deviation`, by the training split's figures. */
export function naiveRows(dataset: Dataset, split: "train" | "validation" | "test"): number[][] {
  const inputs = inputCount(dataset.shape);
  const rowsOf = (images: Uint8Array): number[][] =>
    Array.from({ length: images.length / inputs }, (_, i) =>
      Array.from(images.slice(i * inputs, (i + 1) * inputs), (byte) => byte / 255),
    );
  const train = rowsOf(dataset.train.images);
  const columns = Array.from({ length: inputs }, (_, j) => train.map((row) => row[j] ?? 0));
  const means = columns.map(mean);
  const deviations = columns.map((column, j) =>
    Math.sqrt(mean(column.map((value) => (value - (means[j] ?? 0)) ** 2))),
  );
  return rowsOf(dataset[split].images).map((row) =>
    row.map((value, j) => (value - (means[j] ?? 0)) / (deviations[j] || 1)),
  );
}

export function naiveScores(model: NaiveModel, row: readonly number[]): number[] {
  return model.weights.map(
    (template, k) =>
      template.reduce((sum, weight, j) => sum + weight * (row[j] ?? 0), 0) + (model.biases[k] ?? 0),
  );
}

export function naiveSoftmax(scores: readonly number[]): number[] {
  const exponentials = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

export function naiveLoss(loss: LossName, scores: readonly number[], label: number): number {
  const own = scores[label] ?? 0;
  switch (loss) {
    case "softmax":
      return -Math.log(naiveSoftmax(scores)[label] ?? 0);
    case "bce":
      return mean(scores.map((score, k) => -Math.log(k === label ? sigmoid(score) : 1 - sigmoid(score))));
    case "svm":
      return scores.reduce((sum, score, k) => sum + (k === label ? 0 : Math.max(0, score - own + 1)), 0);
  }
}

function naiveScoreGradient(loss: LossName, scores: readonly number[], label: number): number[] {
  const y = scores.map((_, k) => (k === label ? 1 : 0));
  switch (loss) {
    case "softmax":
      return naiveSoftmax(scores).map((p, k) => p - (y[k] ?? 0));
    case "bce":
      return scores.map((score, k) => (sigmoid(score) - (y[k] ?? 0)) / scores.length);
    case "svm": {
      const violates = scores.map((score, k) => (k !== label && score - (scores[label] ?? 0) + 1 > 0 ? 1 : 0));
      const violations = violates.filter(Boolean).length;
      return violates.map((value, k) => (k === label ? -violations : value));
    }
  }
}

/** One step of gradient descent on a batch of rows. */
export function naiveStep(
  model: NaiveModel,
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  { loss, learningRate, lambda }: { loss: LossName; learningRate: number; lambda: number },
): NaiveModel {
  const gradients = rows.map((row, i) => naiveScoreGradient(loss, naiveScores(model, row), labels[i] ?? 0));
  return {
    weights: model.weights.map((template, k) =>
      template.map((weight, j) => {
        const slope = mean(rows.map((row, i) => (gradients[i]?.[k] ?? 0) * (row[j] ?? 0)));
        return weight - learningRate * (slope + 2 * lambda * weight);
      }),
    ),
    biases: model.biases.map((bias, k) => bias - learningRate * mean(gradients.map((row) => row[k] ?? 0))),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
