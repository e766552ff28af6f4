import type { Metric } from "@trainscope/core";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * The learning rate of the epoch's last batch, as schedules and whoever watches have changed it: a curve beside those that
 * it explains. The training split tells it; of another split it is the same.
 */
export function learningRate(options: MetricOptions = {}): Metric<number | null> {
  checkNames("learningRate", options, []);
  const { name = "learning-rate", splits = ["train"] } = options;
  return {
    description: "The learning rate at the epoch's end.",
    name,
    splits,
    direction: "none",
    init: () => null,
    update: (_, batch) => batch.learningRate,
    result: (rate) => rate,
  };
}
