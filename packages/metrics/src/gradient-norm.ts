import type { Metric, MetricBatch } from "@trainscope/core";
import { decodeNumbers, encodeNumbers } from "./encode-numbers.ts";
import { checkNames, type MetricOptions } from "./options.ts";

type Values = MetricBatch["parameters"]["weights"];

interface Model {
  readonly weights: Values;
  readonly biases: Values;
}

/** The state of `gradientNorm` in one pass. */
export interface GradientPass {
  /** As the pass before saw it; `null` in the first. */
  readonly before: Model | null;
  /** A copy; `null` before the first batch. */
  readonly now: Model | null;
  readonly learningRateSum: number | null;
}

/**
 * The norm of the epoch's mean gradient of the cost, the L2 term included, over W and b: `|Σ_t η_t g_t| / Σ_t η_t`. What gradient
 * descent has moved the parameters by is the sum of `η_t g_t`, so that it is `|θ_before - θ_after| / Σ_t η_t`, with any engine; in
 * float32 it is as exact as the difference of the parameters. Noise of single batches cancels out of it. `null` in the first
 * epoch. A copy of the parameters goes into checkpoints.
 */
export function gradientNorm(options: MetricOptions = {}): Metric<GradientPass> {
  checkNames("gradientNorm", options, []);
  const { name = "grad-norm", splits = ["train"] } = options;
  return {
    description: "The norm of the epoch's mean gradient.",
    name,
    splits,
    direction: "none",
    display: { scale: "log" },
    init: (previous) => ({ before: previous?.now ?? null, now: null, learningRateSum: null }),
    // Parameters that nobody asks for needn't be copied.
    update: (state, batch) => (state.now === null ? look(state, batch) : state),
    result({ before, now, learningRateSum }) {
      if (before === null || now === null || learningRateSum === null) return null;
      if (before.weights.length !== now.weights.length) return null;
      const moved = squaredDistance(before.weights, now.weights) + squaredDistance(before.biases, now.biases);
      return Math.sqrt(moved) / learningRateSum;
    },
    serialize: ({ now }) =>
      now === null ? null : { weights: encodeNumbers(now.weights), biases: encodeNumbers(now.biases) },
    deserialize: (value) => ({ before: null, now: decodeModel(value), learningRateSum: null }),
  };
}

function look({ before }: GradientPass, { parameters, learningRateSum }: MetricBatch): GradientPass {
  const { weights, biases } = parameters;
  return { before, now: { weights: weights.slice(), biases: biases.slice() }, learningRateSum };
}

function decodeModel(value: unknown): Model | null {
  if (value === null) return null;
  const { weights, biases } = Object(value) as Partial<Record<keyof Model, unknown>>;
  return { weights: decodeNumbers(weights), biases: decodeNumbers(biases) };
}

function squaredDistance(one: Values, other: Values): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += ((one[i] as number) - (other[i] as number)) ** 2;
  return sum;
}
