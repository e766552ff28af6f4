// Between the numbers of a range and the unit interval, on which they are drawn.
import type { Range } from "./space.ts";

/** Enough for a setting, and short to read. */
const DIGITS = 6;
/** Of a double: more have no meaning. */
const MOST_DIGITS = 17;

/**
 * The number at `u`, 0 to 1, of the range; never outside of it. It has six digits, and more where the range is narrower
 * than its numbers are large. Each whole number has the numbers that are rounded to it, half of them beyond the ends, so
 * that the ends are drawn as often as the others.
 */
export function valueAt(range: Range, u: number): number {
  return range.whole ? rounded(range, between(range, roundedTo(range), u)) : exactAt(range, u);
}

/** The place of a number in the range: 0 at its beginning, 1 at its end. One that is outside is moved to the nearer end. */
export function placeOf(range: Range, value: number): number {
  const { from, to } = range.whole ? roundedTo(range) : range;
  const u =
    range.kind === "log"
      ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
      : (value - from) / (to - from);
  return Math.min(1, Math.max(0, u));
}

const LINEAR_POINTS = 5;

/** Those of a grid, both ends among them, each once. */
export function gridOf(range: Range): readonly number[] {
  const points = pointsOf(range);
  const values = Array.from({ length: points }, (_, index) => exactAt(range, index / (points - 1)));
  return [...new Set(values)];
}

/** As many as `gridOf` has, or more where it finds a number twice: counted without making them. */
export function gridCount(range: Range): number {
  return range.whole ? Math.min(pointsOf(range), range.to - range.from + 1) : pointsOf(range);
}

function pointsOf({ kind, from, to, points }: Range): number {
  if (points !== undefined) return points;
  return kind === "log" ? Math.max(2, Math.round(Math.log10(to) - Math.log10(from)) + 1) : LINEAR_POINTS;
}

interface Ends {
  readonly from: number;
  readonly to: number;
}

/** All that is rounded to a whole number of the range. */
function roundedTo({ from, to }: Range): Ends {
  return { from: from - 0.5, to: to + 0.5 };
}

/** With the ends of the range at 0 and 1. */
function exactAt(range: Range, u: number): number {
  if (u <= 0) return range.from;
  return u >= 1 ? range.to : rounded(range, between(range, range, u));
}

/** Logarithms are subtracted: the quotient of the ends may be more than a number can be. */
function between({ kind }: Range, { from, to }: Ends, u: number): number {
  return kind === "log"
    ? Math.exp(Math.log(from) + u * (Math.log(to) - Math.log(from)))
    : from + u * (to - from);
}

function rounded({ from, to, whole }: Range, value: number): number {
  const more = Math.max(0, Math.ceil(Math.log10(Math.abs(value) / (to - from))));
  const number = whole ? Math.round(value) : Number(value.toPrecision(Math.min(MOST_DIGITS, DIGITS + more)));
  // A file would hand -0 back as 0.
  return Math.min(to, Math.max(from, number)) + 0;
}
