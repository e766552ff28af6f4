import type { MetricInfo } from "../events.ts";

/**
 * Between which values those of a metric lie, for a chart's axis: as it says itself, else as its unit does. Of a log from
 * outside some may lie beyond.
 */
export function valueRange({
  unit,
  display,
}: Pick<MetricInfo, "unit" | "display">): readonly [number, number] | undefined {
  if (display.range !== undefined) return display.range;
  if (unit === "fraction") return [0, 1];
  return unit === "%" ? [0, 100] : undefined;
}
