// Numbers and names as every reporter shows them.
import { type MetricInfo, messageOf } from "@trainscope/core";

/** By metric name, the format functions of custom metrics. */
export type Formats = ReadonlyMap<string, (value: number) => string>;

/** A value in its metric's own format, in per cent for fractions, else with four significant digits. */
export function formatMetric(
  value: number | null | undefined,
  metric: Pick<MetricInfo, "name" | "unit">,
  formats: Formats = new Map(),
): string {
  if (value === null || value === undefined) return "–";
  const format = formats.get(metric.name);
  if (format !== undefined) {
    try {
      return String(format(value));
    } catch (error) {
      return `${formatNumber(value)} (format failed: ${messageOf(error)})`;
    }
  }
  return metric.unit === "fraction" ? `${(100 * value).toFixed(2)} %` : formatNumber(value);
}

export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2);
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4);
}

/** 1234567 as 1,234,567. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** 75 s as "1:15", 4000 s as "1:06:40". */
export function formatDuration(milliseconds: number): string {
  const total = Math.round(milliseconds / 1000);
  const seconds = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}
