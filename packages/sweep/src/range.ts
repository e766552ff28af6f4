// Between the numbers of a range and the unit interval, on which they are drawn.
import type { Range } from "./space.ts";

/** Enough for a setting, and short to read. */
const DIGITS = 6;

/** The number at `u`, 0 to 1, of the range, to six digits; never outside of it. */
export function valueAt({ kind, from, to, whole }: Range, u: number): number {
  const value = kind === "log" ? from * (to / from) ** u : from + u * (to - from);
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return Math.min(to, Math.max(from, rounded));
}

/** The place of a number in the range: 0 at its beginning, 1 at its end. One that is outside is moved to the nearer end. */
export function placeOf({ kind, from, to }: Range, value: number): number {
  const u = kind === "log" ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return Math.min(1, Math.max(0, u));
}

const LINEAR_POINTS = 5;

/** Those of a grid, both ends among them, each once. */
export function gridOf(range: Range): readonly number[] {
  const { kind, from, to } = range;
  const points =
    range.points ?? (kind === "log" ? Math.max(2, Math.round(Math.log10(to / from)) + 1) : LINEAR_POINTS);
  const values = Array.from({ length: points }, (_, index) => valueAt(range, index / (points - 1)));
  return [...new Set(values)];
}
