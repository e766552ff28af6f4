import type { MetricInfo } from "@trainscope/core";
import { formatFraction, formatNumber } from "./format.ts";
import { clean } from "./width.ts";

/** By metric name, the format functions of custom metrics. */
export type Formats = ReadonlyMap<string, (value: number) => string>;

export const NO_FORMATS: Formats = new Map();

/** As its author wants it, else by its unit. A format that fails, or gives no text, is passed over. */
export function formatMetric(
  info: Pick<MetricInfo, "name" | "unit">,
  value: number | null | undefined,
  formats: Formats,
): string {
  if (value === null || value === undefined) return "-";
  const format = formats.get(info.name);
  if (format) {
    try {
      const text: unknown = format(value);
      if (typeof text === "string") return clean(text);
    } catch {
      // Falls through to the plain number, which is always right.
    }
  }
  return info.unit === "fraction" ? formatFraction(value) : formatNumber(value);
}
