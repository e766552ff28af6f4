import type { Metric } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { isBetter } from "@trainscope/core/history";
import { type LookingBack, lookBack } from "./look-back.ts";

/**
 * The best value of a metric so far, by its direction: `best(f1)` is `best-f1`. Throws `BAD_PLUGIN` for one of which no
 * value is better than another.
 */
export function best<State>(metric: Metric<State>): Metric<LookingBack<State, number | null>> {
  requireArgument("best", "metric", metric, "an object");
  const { name, direction = "none" } = metric;
  if (direction === "none") {
    throw new TrainscopeError("BAD_PLUGIN", `best: of ${name} no value is better than another`);
  }
  return lookBack<State, number | null>(metric, {
    name: `best-${name}`,
    description: `The best ${name} so far.`,
    start: null,
    step: (before, value) =>
      value === null || (before !== null && !isBetter(direction, value, before)) ? before : value,
    read: (value) => value,
  });
}
