// The numerical gradient check of DD2424: the gradient that trains against centred differences of the cost.
import { type Dataset, inputCount } from "./data/dataset.ts";
import { type ComponentStatistics, standardiseInto } from "./data/standardise.ts";
import { LOSSES } from "./losses/losses.ts";
import type { LossName } from "./losses/names.ts";
import { initialiseParameters, type Parameters, squaredNorm } from "./model/linear.ts";
import {
  addGradient,
  createWorkspace,
  finishGradient,
  forward,
  modelOf,
  type Workspace,
} from "./model/passes.ts";
import { createMatrix, matrixOf, multiplyTransposed } from "./tensor/matrix.ts";
import { yieldToEventLoop } from "./training/yield.ts";

/** h of the centred difference `(J(x + h) - J(x - h)) / 2h`, whose error is of order h^2. */
export const STEP = 1e-6;
/** The largest absolute difference that passes is below this. */
export const TOLERANCE = 1e-7;
/** Keeps the relative error `|a - n| / max(eps, |a| + |n|)` from dividing rounding by nothing. */
export const EPSILON = 1e-6;

export interface GradientCheckCase {
  /** The first inputs of each image that the sub-problem keeps. */
  readonly inputs: number;
  /** The first images of the training split. */
  readonly images: number;
}

export interface GradientCheckRow extends GradientCheckCase {
  readonly lambda: number;
  /** Entries of W and b, each of which was checked. */
  readonly parameters: number;
  readonly maxAbsoluteDifference: number;
  readonly maxRelativeError: number;
  readonly passed: boolean;
}

export interface GradientCheckOptions {
  readonly dataset: Dataset;
  /** Of the training split, to standardise by. */
  readonly statistics: ComponentStatistics;
  readonly loss: LossName;
  readonly seed: number;
  /** Adds this to every analytic entry: a fault made on purpose, to see that the check finds it. */
  readonly fault?: number;
  readonly signal?: AbortSignal;
}

/** Without, with some and with much regularisation. */
export const LAMBDAS: readonly number[] = [0, 0.1, 1];

/** A small and the full number of inputs; one image and twenty. */
export function gradientCheckCases(inputs: number): readonly GradientCheckCase[] {
  return [Math.min(20, inputs), inputs].flatMap((some) => [1, 20].map((images) => ({ inputs: some, images })));
}

/**
 * Checks every entry of W and b in one case; gives a row for each lambda. Lets the event loop turn between classes.
 */
export async function checkGradient(
  options: GradientCheckOptions,
  chosen: GradientCheckCase,
): Promise<readonly GradientCheckRow[]> {
  const { dataset, fault = 0 } = options;
  const { inputs } = chosen;
  const images = Math.min(chosen.images, dataset.train.labels.length);
  const classes = dataset.classNames.length;
  const parameters = initialiseParameters(classes, inputs, options.seed);
  const workspace = readRows(options, inputs, images);
  const costOf = createCost(parameters, workspace, images, options.loss);
  const checks = LAMBDAS.map((lambda) => ({
    lambda,
    analytic: analyticGradient(parameters, workspace, images, options.loss, lambda),
    maxAbsoluteDifference: 0,
    maxRelativeError: 0,
  }));

  /** Entry `index` of W or b, which belongs to class `k`. */
  function compare(kind: "weights" | "biases", index: number, k: number): void {
    const values = parameters[kind];
    const value = values[index] as number;
    values[index] = value + STEP;
    const above = costOf(k);
    values[index] = value - STEP;
    const below = costOf(k);
    values[index] = value;
    for (const check of checks) {
      const { lambda } = check;
      const numeric = (above.loss + lambda * above.norm - (below.loss + lambda * below.norm)) / (2 * STEP);
      const analytic = (check.analytic[kind][index] as number) + fault;
      const difference = Math.abs(analytic - numeric);
      const scale = Math.max(EPSILON, Math.abs(analytic) + Math.abs(numeric));
      // Math.max keeps NaN, which then fails.
      check.maxAbsoluteDifference = Math.max(check.maxAbsoluteDifference, difference);
      check.maxRelativeError = Math.max(check.maxRelativeError, difference / scale);
    }
  }

  for (let k = 0; k < classes; k++) {
    options.signal?.throwIfAborted();
    for (let j = k * inputs; j < (k + 1) * inputs; j++) compare("weights", j, k);
    compare("biases", k, k);
    costOf(k);
    await yieldToEventLoop();
  }
  return checks.map(({ lambda, maxAbsoluteDifference, maxRelativeError }) => ({
    inputs,
    images,
    lambda,
    parameters: classes * (inputs + 1),
    maxAbsoluteDifference,
    maxRelativeError,
    passed: maxAbsoluteDifference < TOLERANCE,
  }));
}

function readRows({ dataset, statistics }: GradientCheckOptions, inputs: number, images: number): Workspace {
  const total = inputCount(dataset.shape);
  const means = statistics.means.subarray(0, inputs);
  const inverse = statistics.deviations.subarray(0, inputs).map((deviation) => 1 / deviation);
  const workspace = createWorkspace(images, inputs, dataset.classNames.length);
  for (let row = 0; row < images; row++) {
    standardiseInto(workspace.x.data, row * inputs, dataset.train.images, row * total, means, inverse);
    workspace.labels[row] = dataset.train.labels[row] as number;
  }
  return workspace;
}

/** The gradient by the very functions that train. */
function analyticGradient(
  parameters: Parameters<Float64Array>,
  workspace: Workspace,
  images: number,
  lossName: LossName,
  lambda: number,
) {
  const model = modelOf(parameters);
  const weights = createMatrix(parameters.classes, parameters.inputs);
  const biases = new Float64Array(parameters.classes);
  forward(model, LOSSES[lossName], workspace, images);
  addGradient(LOSSES[lossName], workspace, images, weights, biases);
  finishGradient(model, images, lambda, weights, biases);
  return { weights: weights.data, biases };
}

/**
 * The two parts of the cost `J = mean(l) + lambda sum(W^2)`, from the parameters as they are: a function to be called
 * after class `k`'s may have changed. They touch the scores and the squared norm of their own class only, so just
 * these are computed anew: the full cost for a tenth of the multiplications.
 */
function createCost(
  { classes, inputs, weights, biases }: Parameters<Float64Array>,
  { x, labels }: Workspace,
  images: number,
  lossName: LossName,
): (k: number) => { readonly loss: number; readonly norm: number } {
  const scores = createMatrix(images, classes);
  const probabilities = createMatrix(images, classes);
  const losses = new Float64Array(images);
  const norms = new Float64Array(classes);

  const classScores = createMatrix(1, images);

  function score(k: number): void {
    const template = weights.subarray(k * inputs, (k + 1) * inputs);
    multiplyTransposed(matrixOf(1, inputs, template), x, classScores);
    for (let row = 0; row < images; row++) {
      scores.data[row * classes + k] = (classScores.data[row] as number) + (biases[k] as number);
    }
    norms[k] = squaredNorm(template);
  }

  for (let k = 0; k < classes; k++) score(k);
  return (k) => {
    score(k);
    LOSSES[lossName].evaluate(scores, labels, images, probabilities, losses);
    return { loss: sumOf(losses) / images, norm: sumOf(norms) };
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
