// A trained classifier by itself: what it takes to classify images as they come.
import { bad, type ImageShape, type InputValues, inputCount, requireBytes } from "../data/dataset.ts";
import { type Features, flatten } from "../data/features.ts";
import { type ComponentStatistics, standardiseInto } from "../data/standardise.ts";
import { TrainscopeError } from "../errors.ts";
import { LOSSES } from "../losses/losses.ts";
import type { LossName } from "../losses/names.ts";
import { describeValue } from "../text/describe-value.ts";
import type { ModelParameters } from "./linear.ts";
import { createWorkspace, forward, modelOf } from "./passes.ts";

/** Parameters, and what they mean: how inputs are standardised, what the classes are. Plain data. */
export interface Classifier {
  /** W is `K x d`, b is `K`. */
  readonly parameters: ModelParameters;
  /** Of the training split; `d` each. Inputs are standardised by them. */
  readonly statistics: ComponentStatistics;
  /** `K` names. */
  readonly classNames: readonly string[];
  /** `width x height x channels` is `d`. */
  readonly shape: ImageShape;
  /** Numbers of any size, as it was trained on; bytes, 0 to 255, where it is left out. */
  readonly takes?: "features";
  /** What it was trained with; it says how scores become probabilities. */
  readonly loss: LossName;
}

/** What `predict` gives for `n` images, or rows of features, and `K` classes. */
export interface Prediction {
  /** `n`: the class of the highest probability, the first of equals. */
  readonly labels: Uint8Array;
  /** `n x K`, row-major: softmax of the scores, or for the loss "bce" the sigmoid of each. */
  readonly probabilities: Float64Array;
}

/** Rows handled at once. */
const ROWS = 256;

/**
 * Classifies `n` images, in float64. `images` is `n x d` bytes, as in a `Dataset`, or for a model that was trained on
 * features `n x d` numbers, as in a `FeatureDataset`: they are standardised here.
 *
 * Throws `BAD_DATA` where `images` is not what the model takes, or no whole rows of it, or the model's arrays don't fit its
 * shape and classes or hold what is no finite number.
 *
 * @example
 * const { model } = await fit({ dataset });
 * const { labels } = predict(model, dataset.test.images);
 */
export function predict(model: Classifier, images: Uint8Array | Features): Prediction {
  requireModel(model);
  const { means, deviations } = model.statistics;
  const inputs = inputCount(model.shape);
  const classes = model.classNames.length;
  const values = inputsOf(model, images, inputs);
  const count = values.length / inputs;
  const inverse = deviations.map((deviation) => 1 / deviation);
  const workspace = createWorkspace(Math.min(ROWS, count), inputs, classes);
  const linear = modelOf(inFloat64(model.parameters));
  const probabilities = new Float64Array(count * classes);
  for (let first = 0; first < count; first += ROWS) {
    const rows = Math.min(ROWS, count - first);
    for (let row = 0; row < rows; row++) {
      standardiseInto(workspace.x.data, row * inputs, values, (first + row) * inputs, means, inverse);
    }
    forward(linear, LOSSES[model.loss], workspace, rows);
    probabilities.set(workspace.probabilities.data.subarray(0, rows * classes), first * classes);
  }
  return { labels: highestOfRows(probabilities, classes), probabilities };
}

/** A model may come from a file. */
function requireModel(model: Classifier): void {
  const missing = (["parameters", "statistics", "classNames", "shape"] as const).find(
    (part) => typeof model?.[part] !== "object",
  );
  if (missing !== undefined) {
    throw new TrainscopeError(
      "BAD_DATA",
      `the model has no ${missing}; expected what fit() or classifierOf() gives`,
    );
  }
  if (LOSSES[model.loss] === undefined)
    throw bad("the model's loss", describeValue(model.loss), "a loss that is known");
  const { parameters, statistics, classNames, shape } = model;
  const inputs = inputCount(shape);
  const sizes = [
    ["weights", parameters.weights, classNames.length * inputs],
    ["biases", parameters.biases, classNames.length],
    ["means", statistics.means, inputs],
    ["deviations", statistics.deviations, inputs],
  ] as const;
  for (const [name, { length }, expected] of sizes) {
    if (length === expected) continue;
    throw new TrainscopeError("BAD_DATA", `the model has ${length} ${name}; expected ${expected}`);
  }
  const odd = sizes.find(([, values]) => !values.every(Number.isFinite));
  if (odd !== undefined) {
    throw new TrainscopeError("BAD_DATA", `the model's ${odd[0]} are not all finite numbers`, {
      hint: "Its training diverged: train with a lower learning rate.",
    });
  }
}

/** What the model is given, one row after the other. */
function inputsOf({ takes }: Classifier, given: Uint8Array | Features, inputs: number): InputValues {
  if (takes !== "features") {
    requireBytes("images", given, "Give pixels as bytes, 0 to 255, as the model was trained.");
    return requireWhole("images", given, inputs, "bytes", "image");
  }
  return requireWhole("features", flatten("features", given as Features, inputs), inputs, "numbers", "row");
}

function requireWhole(
  name: string,
  values: InputValues,
  inputs: number,
  unit: string,
  row: string,
): InputValues {
  if (values.length % inputs === 0) return values;
  const message = `${name} has ${values.length} ${unit}; expected a multiple of ${inputs}, the ${unit} of one ${row}`;
  throw new TrainscopeError("BAD_DATA", message);
}

function inFloat64({ classes, inputs, weights, biases }: ModelParameters): ModelParameters<Float64Array> {
  return { classes, inputs, weights: Float64Array.from(weights), biases: Float64Array.from(biases) };
}

function highestOfRows(probabilities: Float64Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: probabilities.length / classes }, (_, row) => {
    const ofRow = probabilities.subarray(row * classes, (row + 1) * classes);
    return ofRow.indexOf(Math.max(...ofRow));
  });
}
