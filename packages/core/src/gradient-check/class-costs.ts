// What the gradient check takes differences of: the cost with one entry of W or b moved up, and moved down.
import type { Loss } from "../losses/loss.ts";
import { squaredNorm } from "../model/linear.ts";
import { forward, type LinearModel, type Workspace } from "../model/passes.ts";
import { createMatrix, type Matrix, multiplyTransposed } from "../tensor/matrix.ts";

/** The two parts of the cost `J = mean(l) + lambda sum(W^2)`. */
export interface Cost {
  readonly loss: number;
  readonly norm: number;
}

export interface CostsAround {
  readonly above: Cost;
  readonly below: Cost;
}

/**
 * The costs of class `k` over the workspace's rows: a function of the entry `j` of the class's
 * template (its bias where `j` is the number of inputs) and of the step to move it by. An entry touches the scores and
 * the squared norm of its own class only, so just these are computed anew: the full cost for a tenth of the
 * multiplications. Above and below are computed together, in half the time that they take one by one.
 */
export function createClassCosts(
  model: LinearModel,
  loss: Loss,
  workspace: Workspace,
  k: number,
): (j: number, step: number) => CostsAround {
  const { x, labels, probabilities, losses } = workspace;
  const { rows: classes, columns: inputs } = model.weights;
  const images = x.rows;
  forward(model, loss, workspace, images);
  const scores = createMatrix(images, classes);
  scores.data.set(workspace.scores.data);
  const norms = Float64Array.from({ length: classes }, (_, other) => squaredNorm(templateOf(model, other)));

  // Row 0 is moved up and row 1 down.
  const templates = createMatrix(2, inputs);
  for (const row of [0, 1]) templates.data.set(templateOf(model, k), row * inputs);
  const biases = new Float64Array(2).fill(model.biases[k] as number);
  const classScores = createMatrix(2, images);
  const classNorms = new Float64Array(2);

  function costOf(row: number): Cost {
    for (let image = 0; image < images; image++) {
      const product = classScores.data[row * images + image] as number;
      scores.data[image * classes + k] = product + (biases[row] as number);
    }
    norms[k] = classNorms[row] as number;
    loss.evaluate(scores, labels, images, probabilities, losses);
    return { loss: sumOf(losses) / images, norm: sumOf(norms) };
  }

  return (j, step) => {
    const [values, up, down] = j < inputs ? [templates.data, j, inputs + j] : [biases, 0, 1];
    const value = values[up] as number;
    values[up] = value + step;
    values[down] = value - step;
    multiplyTransposed(templates, x, classScores);
    squaredNorms(templates, classNorms);
    const costs = { above: costOf(0), below: costOf(1) };
    values[up] = value;
    values[down] = value;
    return costs;
  };
}

function templateOf({ weights }: LinearModel, k: number): Float64Array {
  return weights.data.subarray(k * weights.columns, (k + 1) * weights.columns);
}

/** Of the two rows, side by side: a sum waits for its last addition, so two take the time of one. */
function squaredNorms({ data, columns }: Matrix, out: Float64Array): void {
  let above = 0;
  let below = 0;
  for (let j = 0; j < columns; j++) {
    const up = data[j] as number;
    const down = data[columns + j] as number;
    above += up * up;
    below += down * down;
  }
  out[0] = above;
  out[1] = below;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
