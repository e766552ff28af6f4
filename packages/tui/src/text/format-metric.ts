import type { MetricInfo } from "@trainscope/core/events";
import { percentText, visible } from "@trainscope/core/text";
import { formatNumber } from "./format.ts";

/** By metric name, the format functions of custom metrics. */
export type Formats = ReadonlyMap<string, (value: number, name?: string) => string>;

/** Where no metric has a format of its own. */
export const NO_FORMATS: Formats = new Map();

/**
 * As its author wants it, else by its unit and the digits that its display names. A format that fails, or gives no text,
 * is passed over.
 */
export function formatMetric(
  info: Pick<MetricInfo, "name" | "unit"> & Partial<Pick<MetricInfo, "display">>,
  value: number | null | undefined,
  formats: Formats,
): string {
  if (value === null || value === undefined) return "-";
  // A series of a metric that has several is called "metric/series".
  const [owner = "", ...series] = info.name.split("/");
  const format = formats.get(owner);
  if (format) {
    try {
      const text: unknown = series.length === 0 ? format(value) : format(value, series.join("/"));
      if (typeof text === "string") return visible(text);
    } catch {
      // Falls through to the plain number, which is always right.
    }
  }
  const digits = info.display?.digits;
  // A log may come from anywhere.
  const decimals = digits !== undefined && isDigits(digits) ? digits : undefined;
  if (!Number.isFinite(value)) return formatNumber(value);
  if (info.unit === "fraction") return percentText(value, decimals);
  if (info.unit === "%") return percentText(value / 100, decimals);
  return decimals === undefined ? formatNumber(value) : value.toFixed(decimals);
}

/** Whether a value of this unit is written with its unit. */
export function isPercent(unit: string | null): boolean {
  return unit === "fraction" || unit === "%";
}

function isDigits(digits: number): boolean {
  return Number.isInteger(digits) && digits >= 0 && digits <= 20;
}
