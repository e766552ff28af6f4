import type { Metric } from "@trainscope/core";
import { checkWhole } from "../options.ts";
import { type LookingBack, lookBack } from "./look-back.ts";

/**
 * The mean of a metric over the last `epochs` that had a value, this one included: `runningMean(nll, 5)` is
 * `mean-of-5-nll`. Throws `BAD_PLUGIN` where `epochs` is no whole number of at least 1.
 */
export function runningMean<State>(
  metric: Metric<State>,
  epochs: number,
): Metric<LookingBack<State, readonly number[]>> {
  checkWhole("runningMean", "epochs", epochs, 1);
  return lookBack<State, readonly number[]>(metric, {
    name: `mean-of-${epochs}-${metric.name}`,
    description: `The mean ${metric.name} of the last ${epochs} epochs.`,
    start: [],
    step: (values, value) => (value === null ? values : [...values, value].slice(-epochs)),
    read: (values) =>
      values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
  });
}
