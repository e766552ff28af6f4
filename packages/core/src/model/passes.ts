// The forward and backward pass of the linear model over rows of standardised images. What trains is what the
// gradient check checks: both call these.
import type { Loss } from "../losses/loss.ts";
import {
  addTransposedProduct,
  createMatrix,
  type Matrix,
  matrixOf,
  multiplyTransposed,
} from "../tensor/matrix.ts";
import type { ModelParameters } from "./linear.ts";

/** Room for the rows handled at once, made once and used again for every batch. */
export interface Workspace {
  /** `rows x inputs`, standardised. */
  readonly x: Matrix;
  /** `rows`. */
  readonly labels: Uint8Array;
  /** `rows x K`, like `probabilities` and `gradient`. */
  readonly scores: Matrix;
  readonly probabilities: Matrix;
  /** `dl/ds`, G in the formulas. */
  readonly scoreGradient: Matrix;
  /** `rows`. */
  readonly losses: Float64Array;
}

export function createWorkspace(rows: number, inputs: number, classes: number): Workspace {
  return {
    x: createMatrix(rows, inputs),
    labels: new Uint8Array(rows),
    scores: createMatrix(rows, classes),
    probabilities: createMatrix(rows, classes),
    scoreGradient: createMatrix(rows, classes),
    losses: new Float64Array(rows),
  };
}

/** The model's parameters with W as a matrix, without a copy. */
export interface LinearModel {
  readonly weights: Matrix;
  readonly biases: Float64Array;
}

export function modelOf(parameters: ModelParameters<Float64Array>): LinearModel {
  const { classes, inputs, weights, biases } = parameters;
  return { weights: matrixOf(classes, inputs, weights), biases };
}

/** `s = W x + b`, probabilities and losses of the workspace's first `rows` rows. */
export function forward(model: LinearModel, loss: Loss, workspace: Workspace, rows: number): void {
  const { x, labels, scores, probabilities, losses } = workspace;
  multiplyTransposed(x, model.weights, scores, rows);
  const classes = model.biases.length;
  for (let i = 0; i < rows * classes; i++) {
    scores.data[i] = (scores.data[i] as number) + (model.biases[i % classes] as number);
  }
  loss.evaluate(scores, labels, rows, probabilities, losses);
}

/**
 * After `forward`: adds `GT X` to `weightSums` (`K x d`) and the sum of G's rows to `biasSums` (`K`), so that a
 * batch may come in several parts. Divided by the batch's size they are the gradient of the mean loss.
 */
export function addGradient(
  loss: Loss,
  workspace: Workspace,
  rows: number,
  weightSums: Matrix,
  biasSums: Float64Array,
): void {
  const { x, labels, scores, probabilities, scoreGradient } = workspace;
  loss.gradient(scores, probabilities, labels, rows, scoreGradient);
  addTransposedProduct(scoreGradient, x, weightSums, rows);
  const classes = biasSums.length;
  for (let i = 0; i < rows * classes; i++) {
    biasSums[i % classes] = (biasSums[i % classes] as number) + (scoreGradient.data[i] as number);
  }
}

/** Turns sums over a batch into `dW = GT X / n + 2 lambda W` and `db = mean(G)`, in place. */
export function finishGradient(
  model: LinearModel,
  batchSize: number,
  lambda: number,
  weightSums: Matrix,
  biasSums: Float64Array,
): void {
  const weights = model.weights.data;
  const sums = weightSums.data;
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (sums[i] as number) / batchSize + 2 * lambda * (weights[i] as number);
  }
  for (let k = 0; k < biasSums.length; k++) biasSums[k] = (biasSums[k] as number) / batchSize;
}
