import type { MetricInfo } from "@trainscope/core";
import { visible } from "@trainscope/core/text";
import { formatFraction, formatNumber } from "./format.ts";

/** By metric name, the format functions of custom metrics. */
export type Formats = ReadonlyMap<string, (value: number) => string>;

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
  const format = formats.get(info.name);
  if (format) {
    try {
      const text: unknown = format(value);
      if (typeof text === "string") return visible(text);
    } catch {
      // Falls through to the plain number, which is always right.
    }
  }
  const digits = info.display?.digits;
  const isFraction = info.unit === "fraction";
  // A log may come from anywhere.
  if (digits === undefined || !Number.isFinite(value) || !isDigits(digits)) {
    return isFraction ? formatFraction(value) : formatNumber(value);
  }
  return isFraction ? `${(value * 100).toFixed(digits)} %` : value.toFixed(digits);
}

function isDigits(digits: number): boolean {
  return Number.isInteger(digits) && digits >= 0 && digits <= 20;
}
