import type { Metric } from "@trainscope/core";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * Training images a second over the epoch's batches, evaluation left out. It depends on the machine and its load, as no other
 * figure does: runs that are equal otherwise differ in it.
 */
export function imagesPerSecond(options: MetricOptions = {}): Metric<number | null> {
  checkNames("imagesPerSecond", options, []);
  const { name = "images-per-second", splits = ["train"] } = options;
  return {
    description: "Training images a second.",
    name,
    splits,
    direction: "max",
    display: { digits: 0 },
    init: () => null,
    update: (_, batch) => batch.imagesPerSecond,
    result: (speed) => speed,
  };
}
