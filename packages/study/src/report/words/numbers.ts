// Numbers as a report writes them: fractions in per cent, differences in points, what isn't known as a dash.

import type { Spread } from "@trainscope/core/analysis";
import { fixedPercent } from "@trainscope/core/text";
import { fixed, isExtreme, scientific } from "@trainscope/viz/parts";

export { fixed, signedPoints } from "@trainscope/viz/parts";

/** Holds a number and its unit on one line. */
const NBSP = "\u00a0";

export const UNKNOWN = "–";

/** Where no run has the figure. */
export const NOTHING: Spread = { values: [], mean: null, deviation: null };

/** `39.1 %` from 0.391; what is no finite number isn't known. */
export function percent(fraction: number | null, digits = 1): string {
  return fraction === null || !Number.isFinite(fraction)
    ? UNKNOWN
    : `${fixedPercent(100 * fraction, digits)}${NBSP}%`;
}

/** `1.2 points` from 0.012: percentage points, without a sign. */
export function points(difference: number, digits = 1): string {
  const shown = fixed(Math.abs(100 * difference), digits);
  return `${shown}${NBSP}${Number(shown) === 1 ? "point" : "points"}`;
}

/** Mean and deviation of an accuracy: `39.1 ± 0.2 %`, without the latter where there is one run. */
export function percentSpread({ mean, deviation }: Spread): string {
  if (mean === null) return UNKNOWN;
  if (deviation === null) return percent(mean);
  return `${fixedPercent(100 * mean, 1)} ±${NBSP}${fixed(100 * deviation, 1)}${NBSP}%`;
}

/** Mean and deviation of a loss: `1.766 ± 0.004`. */
export function valueSpread({ mean, deviation }: Spread): string {
  if (mean === null) return UNKNOWN;
  return deviation === null ? decimal(mean) : `${decimal(mean)} ±${NBSP}${decimal(deviation)}`;
}

/** A loss or cost: three decimals, a power of ten where those wouldn't do. */
export function decimal(value: number): string {
  return isExtreme(value) ? scientific(value) : fixed(value, Math.abs(value) >= 100 ? 1 : 3);
}

/** `10,000`. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `four` from 4; from 13 on digits. */
export function spelled(value: number): string {
  return NUMBERS[value] ?? count(value);
}

const NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** For the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `1 epoch`, `40 epochs`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)}${NBSP}${value === 1 ? noun : plural}`;
}

/** `2.1 × 10⁻⁹`, or as it is where that is short. */
export function tiny(value: number): string {
  return isExtreme(value) ? scientific(value) : String(Number(value.toPrecision(2)));
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(parts: readonly string[], last = "and"): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

/** `3.2 s`, `1 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${fixed(seconds, seconds < 10 ? 1 : 0)}${NBSP}s`;
  return `${Math.floor(seconds / 60)}${NBSP}min ${Math.floor(seconds % 60)}${NBSP}s`;
}

export const settingName = ({ lambda, learningRate }: { lambda: number; learningRate: number }): string =>
  `λ${NBSP}=${NBSP}${lambda}, η${NBSP}=${NBSP}${learningRate}`;
