// From a value to its height in the plot: the range that is shown, linear or logarithmic, and its ticks.

import { extentOf } from "./extent.ts";
import { formatPercentTick, formatTick, logTicks, niceTicks } from "./ticks.ts";
import { isNumber, type Values } from "./values.ts";

export interface ScaleOptions {
  readonly kind?: "linear" | "log" | undefined;
  /** Values can't lie outside, so the margin stops there. */
  readonly range?: readonly [number, number] | undefined;
  readonly baseline?: number | undefined;
  /** The baseline is shown if that leaves the curves at least this share of the height. */
  readonly leastShare?: number | undefined;
}

export interface Scale {
  readonly kind: "linear" | "log";
  readonly low: number;
  readonly high: number;
  /** 0 at the bottom, 1 at the top; `null` for what can't be shown (a gap, or 0 on a log scale). */
  position(value: number | null | undefined): number | null;
  ticks(most: number): readonly number[];
}

const MARGIN = 0.04;
/** Of the largest value. */
const LEAST_SPAN = 0.05;
const LEAST_SHARE = 1 / 3;

/** A scale that holds every finite value of the series; 0 to 1 where there is none. */
export function createScale(series: readonly Values[], options: ScaleOptions = {}): Scale {
  const log = options.kind === "log";
  const shown = (value: number | null | undefined): value is number => isNumber(value) && (!log || value > 0);
  const extents = series.map(extentOf);
  let low = Math.min(...extents.map((extent) => (log ? extent.lowPositive : extent.low)));
  let high = Math.max(...extents.map((extent) => extent.high));
  if (low > high) return linearScale(...(options.range ?? [0, 1]), shown);
  [low, high] = withBaseline(low, high, options, shown);
  return log ? logScale(low, high, shown) : linearScale(...widen(low, high, options.range), shown);
}

/** How ticks are written, all to the same number of decimals. */
export function tickLabels(ticks: readonly number[], percent: boolean): string[] {
  const [first = 0, second] = ticks;
  const step = second === undefined ? Math.abs(first) || 1 : second - first;
  const even = ticks.every((tick, index) => {
    const before = ticks[index - 1];
    return before === undefined || Math.abs(tick - before - step) < Math.abs(step) * 1e-6;
  });
  return ticks.map((tick) => {
    const distance = even ? step : Math.abs(tick);
    return percent ? formatPercentTick(tick, distance) : formatTick(tick, distance);
  });
}

type Shown = (value: number | null | undefined) => value is number;

function linearScale(low: number, high: number, shown: Shown): Scale {
  return {
    kind: "linear",
    low,
    high,
    // Halved, so that the span of the largest doubles doesn't overflow.
    position: (value) => (shown(value) ? (value / 2 - low / 2) / (high / 2 - low / 2) : null),
    ticks: (most) => niceTicks(low, high, most),
  };
}

function logScale(low: number, high: number, shown: Shown): Scale {
  const even = high / low < 1.05;
  const bottom = Math.log10(low) - (even ? 0.5 : 0.02);
  const top = Math.log10(high) + (even ? 0.5 : 0.02);
  return {
    kind: "log",
    low: 10 ** bottom,
    high: largestDouble(10 ** top),
    position: (value) => (shown(value) ? (Math.log10(value) - bottom) / (top - bottom) : null),
    ticks: (most) => logTicks(bottom, top, most),
  };
}

function withBaseline(low: number, high: number, options: ScaleOptions, shown: Shown): [number, number] {
  const { baseline, leastShare = LEAST_SHARE } = options;
  if (!shown(baseline) || (baseline >= low && baseline <= high)) return [low, high];
  const wider: [number, number] = [Math.min(low, baseline), Math.max(high, baseline)];
  return high - low >= (wider[1] - wider[0]) * leastShare ? wider : [low, high];
}

/** Adds a margin, and height where values are (nearly) equal, so that noise doesn't look like a fall. */
function widen(low: number, high: number, range: ScaleOptions["range"]): [number, number] {
  const span = high - low;
  const leastSpan = Math.max(Math.abs(low), Math.abs(high)) * LEAST_SPAN || 1;
  const margin = span < leastSpan ? (leastSpan - span) / 2 : (high / 2 - low / 2) * (2 * MARGIN);
  const [least, most] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [
    largestDouble(low >= least ? Math.max(least, low - margin) : low - margin),
    largestDouble(high <= most ? Math.min(most, high + margin) : high + margin),
  ];
}

function largestDouble(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
