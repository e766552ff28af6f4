import type { Metric } from "@trainscope/core";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * The memory that the process holds after the epoch, in MB of 10⁶ bytes: its resident set, images and all. `null` where the
 * runtime doesn't tell, as browsers don't.
 */
export function memory(options: MetricOptions = {}): Metric<number | null> {
  checkNames("memory", options, []);
  const { name = "memory", splits = ["train"] } = options;
  return {
    description: "The memory that the process holds.",
    name,
    splits,
    direction: "min",
    unit: "MB",
    display: { digits: 0 },
    init: () => null,
    // Asked once a pass: the system is.
    update: (held) => held ?? residentMegabytes(),
    result: (held) => held,
  };
}

interface Runtime {
  readonly process?: { readonly memoryUsage?: { readonly rss?: () => number } };
}

function residentMegabytes(): number | null {
  const bytes = (globalThis as Runtime).process?.memoryUsage?.rss?.();
  return bytes === undefined ? null : bytes / 1e6;
}
