// The numerical gradient check of DD2424: the gradient that trains against centred differences of the cost.
import { type Dataset, inputCount } from "../data/dataset.ts";
import { type ComponentStatistics, standardiseInto } from "../data/standardise.ts";
import type { Loss } from "../losses/loss.ts";
import { LOSSES } from "../losses/losses.ts";
import type { LossName } from "../losses/names.ts";
import { initialiseParameters } from "../model/linear.ts";
import {
  addGradient,
  createWorkspace,
  finishGradient,
  forward,
  type LinearModel,
  modelOf,
  type Workspace,
} from "../model/passes.ts";
import { createMatrix } from "../tensor/matrix.ts";
import { yieldToEventLoop } from "../yield.ts";
import { createClassCosts } from "./class-costs.ts";

/** h of the centred difference `(J(x + h) - J(x - h)) / 2h`, whose error is of order h^2. */
export const STEP = 1e-6;
/** The largest absolute difference that passes is below this. */
export const TOLERANCE = 1e-7;
/** Keeps the relative error `|a - n| / max(eps, |a| + |n|)` from dividing rounding by nothing. */
export const EPSILON = 1e-6;

/** A part of the data set that a gradient check runs on. */
export interface GradientCheckCase {
  /** The first inputs of each image that the sub-problem keeps. */
  readonly inputs: number;
  /** The first images of the training split. */
  readonly images: number;
}

/** What the check of one case with one lambda came to. */
export interface GradientCheckRow extends GradientCheckCase {
  readonly lambda: number;
  /** Entries of W and b, each of which was checked; of a range of classes, theirs. */
  readonly parameters: number;
  readonly maxAbsoluteDifference: number;
  readonly maxRelativeError: number;
  readonly passed: boolean;
}

/** What a gradient check takes. */
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

/** Classes `first` to `end - 1`. */
export interface ClassRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Checks cases one after the other: all rows, in the order of the cases. `onRows` is given those of each case as soon
 * as they are there. Rejects with the signal's reason where it aborts.
 */
export type CheckGradients = (
  options: GradientCheckOptions,
  cases: readonly GradientCheckCase[],
  onRows?: (rows: readonly GradientCheckRow[]) => void,
) => Promise<readonly GradientCheckRow[]>;

/** Without, with some and with much regularisation. */
export const LAMBDAS: readonly number[] = [0, 0.1, 1];

/** A small and the full number of inputs; one image and twenty. */
export function gradientCheckCases(inputs: number): readonly GradientCheckCase[] {
  return [Math.min(20, inputs), inputs].flatMap((some) => [1, 20].map((images) => ({ inputs: some, images })));
}

/** On the calling thread. */
export const checkGradients: CheckGradients = async (options, cases, onRows = () => {}) => {
  const all: GradientCheckRow[] = [];
  for (const chosen of cases) {
    const rows = await checkGradient(options, chosen);
    all.push(...rows);
    onRows(rows);
  }
  return all;
};

/** Milliseconds between two turns of the event loop. */
const PACE = 5;

/**
 * Checks every entry of W and b in one case, or those of some classes; gives a row for each lambda. Lets the event
 * loop turn every few milliseconds.
 */
export async function checkGradient(
  options: GradientCheckOptions,
  chosen: GradientCheckCase,
  { first, end }: ClassRange = { first: 0, end: options.dataset.classNames.length },
): Promise<readonly GradientCheckRow[]> {
  const { dataset, signal, fault = 0 } = options;
  signal?.throwIfAborted();
  const { inputs } = chosen;
  const images = Math.min(chosen.images, dataset.train.labels.length);
  const model = modelOf(initialiseParameters(dataset.classNames.length, inputs, options.seed));
  const loss = LOSSES[options.loss];
  const workspace = readRows(options, inputs, images);
  const checks = LAMBDAS.map((lambda) => ({
    lambda,
    analytic: analyticGradient(model, loss, workspace, lambda),
    maxAbsoluteDifference: 0,
    maxRelativeError: 0,
  }));

  let turnAt = performance.now() + PACE;
  for (let k = first; k < end; k++) {
    const costsAround = createClassCosts(model, loss, workspace, k);
    // The last is the bias.
    for (let j = 0; j <= inputs; j++) {
      const { above, below } = costsAround(j, STEP);
      for (const check of checks) {
        const { lambda } = check;
        const { weights, biases } = check.analytic;
        const numeric = (above.loss + lambda * above.norm - (below.loss + lambda * below.norm)) / (2 * STEP);
        const analytic = ((j < inputs ? weights[k * inputs + j] : biases[k]) as number) + fault;
        const difference = Math.abs(analytic - numeric);
        const scale = Math.max(EPSILON, Math.abs(analytic) + Math.abs(numeric));
        // Math.max keeps NaN, which then fails.
        check.maxAbsoluteDifference = Math.max(check.maxAbsoluteDifference, difference);
        check.maxRelativeError = Math.max(check.maxRelativeError, difference / scale);
      }
      if (performance.now() >= turnAt) {
        await yieldToEventLoop();
        signal?.throwIfAborted();
        turnAt = performance.now() + PACE;
      }
    }
  }
  return checks.map(({ lambda, maxAbsoluteDifference, maxRelativeError }) =>
    rowOf({
      inputs,
      images,
      lambda,
      parameters: (end - first) * (inputs + 1),
      maxAbsoluteDifference,
      maxRelativeError,
    }),
  );
}

/** The rows of one case, from those of ranges of its classes; in any order, at least one. */
export function mergeGradientChecks(
  ranges: readonly (readonly GradientCheckRow[])[],
): readonly GradientCheckRow[] {
  return ranges.reduce((some, others) =>
    some.map((row, index) => {
      const other = others[index] as GradientCheckRow;
      return rowOf({
        ...row,
        parameters: row.parameters + other.parameters,
        // These keep NaN, too.
        maxAbsoluteDifference: Math.max(row.maxAbsoluteDifference, other.maxAbsoluteDifference),
        maxRelativeError: Math.max(row.maxRelativeError, other.maxRelativeError),
      });
    }),
  );
}

function rowOf(figures: Omit<GradientCheckRow, "passed">): GradientCheckRow {
  return { ...figures, passed: figures.maxAbsoluteDifference < TOLERANCE };
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
  model: LinearModel,
  loss: Loss,
  workspace: Workspace,
  lambda: number,
): { readonly weights: Float64Array; readonly biases: Float64Array } {
  const images = workspace.x.rows;
  const weights = createMatrix(model.weights.rows, model.weights.columns);
  const biases = new Float64Array(model.biases.length);
  forward(model, loss, workspace, images);
  addGradient(loss, workspace, images, weights, biases);
  finishGradient(model, images, lambda, weights, biases);
  return { weights: weights.data, biases };
}
