import { type Metric, type MetricBatch, squaredNorm } from "@trainscope/core";
import { decodeNumbers, encodeNumbers } from "./encode-numbers.ts";
import { checkNames, type MetricOptions } from "./options.ts";

type Values = MetricBatch["parameters"]["weights"];

export interface WeightsPass {
  /** `K x d`, as the pass before saw them; `null` in the first. */
  readonly before: Values | null;
  /** `K x d`, a copy; `null` before the first batch. */
  readonly now: Values | null;
}

/**
 * How far an epoch has moved the weights, as a share of what they were: `|W_t - W_{t-1}| / |W_{t-1}|` (Frobenius norms),
 * from epoch to epoch. `null` in the first epoch. A copy of the weights goes into checkpoints.
 *
 * Source: Karpathy, CS231n, Neural networks part 3, "Ratio of weights:updates", which takes it of each update.
 */
export function updateRatio(options: MetricOptions = {}): Metric<WeightsPass> {
  checkNames("updateRatio", options, []);
  const { name = "update-ratio", splits = ["train"] } = options;
  return {
    description: "How far an epoch has moved the weights, as a share of them.",
    name,
    splits,
    direction: "none",
    display: { scale: "log" },
    init: (previous) => ({ before: previous?.now ?? null, now: null }),
    // Parameters that nobody asks for needn't be copied.
    update: (state, batch) =>
      state.now === null ? { ...state, now: batch.parameters.weights.slice() } : state,
    result({ before, now }) {
      if (before === null || now === null || before.length !== now.length) return null;
      let moved = 0;
      for (let i = 0; i < now.length; i++) moved += ((now[i] as number) - (before[i] as number)) ** 2;
      return Math.sqrt(moved / squaredNorm(before));
    },
    serialize: ({ now }) => (now === null ? null : encodeNumbers(now)),
    deserialize: (value) => ({ before: null, now: value === null ? null : decodeNumbers(value) }),
  };
}
