// A history's numbers as rows for a chart: one row a split and epoch.
import type { History, Split } from "@trainscope/core";
import { SPLIT_STYLES } from "../theme.ts";

export interface Point {
  readonly epoch: number;
  /** The split's label, e.g. "Train". */
  readonly split: string;
  /** As shown; `null` breaks the line. */
  readonly value: number | null;
}

export interface ValuedPoint extends Point {
  readonly value: number;
}

export interface Series {
  readonly split: Split;
  readonly points: readonly Point[];
  /** Those that a line wouldn't show, because it has no neighbour. */
  readonly isolated: readonly Point[];
  /** The last point with a value. */
  readonly last: ValuedPoint;
}

/** A line of more points than this is thinned: more than pixels can show only makes files large. */
const MOST_POINTS = 1200;

/** The series of `split/name` for each split in the history that has at least one value. */
export function seriesOf(history: History, name: string, factor: number): Series[] {
  const splits = Object.keys(SPLIT_STYLES) as Split[];
  return splits.flatMap((split) => {
    const values = history.series.get(`${split}/${name}`);
    if (values === undefined) return [];
    const { label } = SPLIT_STYLES[split];
    const points = history.epochs.map((epoch, index): Point => {
      const value = values[index] ?? null;
      return {
        epoch,
        split: label,
        value: value === null || !Number.isFinite(value) ? null : value * factor,
      };
    });
    const last = points.findLast(hasValue);
    if (last === undefined) return [];
    const isolated = points.filter(
      (point, index) =>
        point.value !== null &&
        (points[index - 1]?.value ?? null) === null &&
        (points[index + 1]?.value ?? null) === null,
    );
    return [{ split, points: thin(points), isolated, last }];
  });
}

function hasValue(point: Point): point is ValuedPoint {
  return point.value !== null;
}

/** Keeps the first, least, greatest and last of each stretch, and its gaps: the line looks the same (M4, Jugel et al. 2014). */
function thin(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const stretch = Math.ceil((4 * points.length) / MOST_POINTS);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    const part = points.slice(start, start + stretch);
    const byValue = part.filter(hasValue).sort((a, b) => a.value - b.value);
    const chosen = new Set([part[0], byValue[0], byValue.at(-1), part.at(-1)]);
    const gap = part.find((point) => point.value === null);
    kept.push(...part.filter((point) => chosen.has(point) || point === gap));
  }
  return kept;
}
