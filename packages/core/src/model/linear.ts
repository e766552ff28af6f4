// The linear classifier: scores `s = W x + b`.
import { requireArgument } from "../errors.ts";
import { createRandom, RandomStream } from "../random/random.ts";

/** Numbers an engine owns: float64 in the reference engine. */
export type Values = Float64Array | Float32Array;

/** W and b of a linear classifier, in float32 or float64. */
export interface ModelParameters<Array extends Values = Values> {
  readonly classes: number;
  readonly inputs: number;
  /** `classes x inputs`, row-major: one row is one class's template. */
  readonly weights: Array;
  /** `classes`. */
  readonly biases: Array;
}

/** Weights of `classes x inputs` and `classes` biases, all zero, in float64. */
export function createParameters(classes: number, inputs: number): ModelParameters<Float64Array> {
  return { classes, inputs, weights: new Float64Array(classes * inputs), biases: new Float64Array(classes) };
}

/** A copy that stays as it is while an engine trains on. */
export function copyParameters({ classes, inputs, weights, biases }: ModelParameters): ModelParameters {
  return { classes, inputs, weights: weights.slice(), biases: biases.slice() };
}

/** Every entry of W, then of b, drawn from a normal distribution of mean 0 and the given standard deviation. */
export function initialiseParameters(
  classes: number,
  inputs: number,
  seed: number,
  standardDeviation = 0.01,
): ModelParameters<Float64Array> {
  const random = createRandom(seed, RandomStream.initialise);
  const parameters = createParameters(classes, inputs);
  const draw = (): number => standardDeviation * random.normal();
  for (let i = 0; i < parameters.weights.length; i++) parameters.weights[i] = draw();
  for (let k = 0; k < classes; k++) parameters.biases[k] = draw();
  return parameters;
}

/** `sum(W^2)`: the L2 term without its factor. Biases are not regularised. */
export function squaredNorm(weights: Values): number {
  requireArgument("squaredNorm", "weights", weights, "numbers");
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    sum += weight * weight;
  }
  return sum;
}
