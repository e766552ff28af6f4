// Domains and ticks of a chart's axes, chosen here rather than by the renderer, so that labels can be placed.
import { isExtreme, scientific } from "./numbers.ts";
import type { Quantity } from "./quantity.ts";

/** Where an axis begins and ends, and what is written along it. */
export interface Axis {
  readonly scale: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** A d3-format for the tick labels, or the labels themselves where numbers are too large or small for it. */
  readonly labels: string | readonly string[];
}

/** Beyond this ratio of largest to smallest, as when a run diverges, only a log axis shows both ends. */
const LOG_RATIO = 100;

/** A baseline is drawn if it leaves the curves this part of the axis, or if it is at most so many times off them. */
const LEAST_SHARE = 0.3;
const NEAR_RATIO = 4;

/** Ends of a linear axis are within this of zero, so that the distance between them is finite too. */
const LARGEST = Number.MAX_VALUE / 4;

/** Values that differ by less, relative to their size or at all, are as good as equal: ticks couldn't tell them apart. */
const LEAST_RELATIVE_SPAN = 1e-8;
const LEAST_SPAN = 1e-300;

/** Powers of ten that are finite, and not zero nor short of digits. */
const [LEAST_EXPONENT, GREATEST_EXPONENT] = [-307, 308];

/**
 * Of epochs or steps, in rising order: whole ones, the first and, where they are round enough, the last among them;
 * parts of them where an end isn't whole and they are few.
 */
export function runAxis(xs: readonly number[], mostTicks: number): Axis {
  const first = xs[0] ?? 1;
  const last = xs.at(-1) ?? first;
  if (last - first < mostTicks && !(Number.isInteger(first) && Number.isInteger(last))) {
    return partsAxis(first, last, mostTicks);
  }
  const labels = last >= 10_000 ? ",d" : "d";
  if (first === last) return { scale: "linear", domain: [first - 1, first + 1], ticks: [first], labels };
  const step = Math.max(1, roundStep((last - first) / mostTicks));
  const ticks = multiplesWithin(first, last, step);
  const [lowest = last] = ticks;
  // The first epoch is named too, unless its label would touch the next.
  const isWhole = Number.isInteger(first);
  if (isWhole && lowest > first && lowest - first > 0.4 * step) ticks.unshift(first);
  return { scale: "linear", domain: [first, last], ticks, labels };
}

function partsAxis(first: number, last: number, mostTicks: number): Axis {
  if (first === last) return { scale: "linear", domain: [first - 1, first + 1], ticks: [first], labels: "~r" };
  const step = roundStep((last - first) / mostTicks);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = multiplesWithin(first, last, step);
  return { scale: "linear", domain: [first, last], ticks, labels: `.${decimals}f` };
}

/**
 * Bounds on round numbers around the values, which are as shown; the baseline within where it is near enough.
 * An end of the quantity's range is one of the axis where no value lies beyond it.
 */
export function valueAxis(values: readonly number[], quantity: Quantity, mostTicks: number): Axis {
  const [least, greatest] = extent(values);
  const logarithmic =
    quantity.scale === "log" || (quantity.scale === undefined && greatest > LOG_RATIO * least);
  if (logarithmic && least > 0) return logAxis(least, greatest, mostTicks);
  let [low, high] = [clampToLargest(least), clampToLargest(greatest)];
  const baseline = quantity.baseline && clampToLargest(quantity.baseline.value);
  if (baseline !== undefined) {
    const [widerLow, widerHigh] = [Math.min(low, baseline), Math.max(high, baseline)];
    const isNear = widerLow > 0 && Math.max(low / baseline, baseline / high) <= NEAR_RATIO;
    if (isNear || (high - low) / (widerHigh - widerLow) >= LEAST_SHARE) [low, high] = [widerLow, widerHigh];
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= Math.max(size * LEAST_RELATIVE_SPAN, LEAST_SPAN)) {
    const margin = size > LEAST_SPAN ? size * 0.1 : 1;
    [low, high] = [low - margin, high + margin];
  }
  const [rangeLow, rangeHigh] = quantity.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const bounds = [
    least >= rangeLow ? rangeLow : Number.NEGATIVE_INFINITY,
    greatest <= rangeHigh ? rangeHigh : Number.POSITIVE_INFINITY,
  ] as const;
  return linearAxis(low, high, baseline, bounds, mostTicks);
}

/** An axis of just this domain, with round ticks within it: what several charts share. */
export function axisOver(domain: readonly [number, number], scale: Axis["scale"], mostTicks: number): Axis {
  const [low, high] = domain;
  if (scale === "log") return { ...logAxis(low, high, mostTicks), domain };
  // One step more than asked for, so that a domain made for as many keeps them.
  const axis = linearAxis(low, high, undefined, domain, mostTicks + 1);
  return { ...axis, domain, ticks: axis.ticks.filter((tick) => tick >= low && tick <= high) };
}

/** Where a value lies on the axis: 0 at the lower end, 1 at the upper. */
export function positionOn(axis: Axis, value: number): number {
  const along = (x: number) => (axis.scale === "log" ? Math.log(x) : x);
  const [low, high] = axis.domain;
  return (along(value) - along(low)) / (along(high) - along(low));
}

function linearAxis(
  low: number,
  high: number,
  baseline: number | undefined,
  bounds: readonly [number, number],
  mostTicks: number,
): Axis {
  const step = roundStep((high - low) / mostTicks);
  // The small number keeps 0.30000000000000004 from becoming one step more.
  let from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  // A baseline on the axis itself would not be seen.
  if (baseline !== undefined && Math.abs(from - baseline) < step / 10) from -= step;
  if (from > 0 && from < 1.5 * step) from = 0;
  const unbounded = [clampToLargest(tidy(from)), clampToLargest(tidy(to))] as const;
  const bounded = [
    clampToLargest(tidy(Math.max(from, bounds[0]))),
    clampToLargest(tidy(Math.min(to, bounds[1]))),
  ] as const;
  // A range as narrow as a number's last digits is no axis.
  const domain = bounded[0] < bounded[1] ? bounded : unbounded;
  const ticks = multiplesWithin(domain[0], domain[1], step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const size = Math.max(Math.abs(from), Math.abs(to));
  const twoDigitsTell = size < 100 * step;
  const labels = isExtreme(size) && twoDigitsTell ? ticks.map(scientific) : `,.${decimals}f`;
  return { scale: "linear", domain, ticks, labels };
}

function logAxis(low: number, high: number, mostTicks: number): Axis {
  const least = clamp(Math.floor(Math.log10(low) + 1e-9), LEAST_EXPONENT, GREATEST_EXPONENT - 1);
  const greatest = clamp(Math.ceil(Math.log10(high) - 1e-9), least + 1, GREATEST_EXPONENT);
  const step = Math.max(1, Math.ceil((greatest - least) / mostTicks));
  const from = Math.max(LEAST_EXPONENT, Math.floor(least / step) * step);
  const to = Math.min(GREATEST_EXPONENT, Math.ceil(greatest / step) * step);
  const ticks = multiplesWithin(from, to, step).map((exponent) => 10 ** exponent);
  const labels = ticks.some(isExtreme) ? ticks.map(scientific) : "~r";
  return { scale: "log", domain: [10 ** from, 10 ** to], ticks, labels };
}

function extent(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.min(Math.max(value, least), greatest);
}

function clampToLargest(value: number): number {
  return clamp(value, -LARGEST, LARGEST);
}

/** The least of 1, 2 and 5 times a power of ten that is at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function multiplesWithin(low: number, high: number, step: number): number[] {
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => tidy((from + i) * step));
}

/** Rounded to 12 digits: 3 x 0.1 is to be 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
