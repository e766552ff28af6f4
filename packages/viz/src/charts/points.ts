// Numbers by epoch or step as rows for a chart: one row a series and x.
import type { History, Split } from "@trainscope/core";
import { type LineStyle, SPLIT_STYLES } from "../theme.ts";

export interface Point {
  /** Or step. */
  readonly epoch: number;
  /** The series' name, e.g. "Train". */
  readonly series: string;
  /** As shown; `null` breaks the line. */
  readonly value: number | null;
  /** As shown: half the height of a band; left out where there is none. */
  readonly deviation?: number;
}

export interface ValuedPoint extends Point {
  readonly value: number;
}

/** A line as it is drawn: its points, those that stand alone, its last value. */
export interface Series {
  readonly name: string;
  readonly style: LineStyle;
  readonly points: readonly Point[];
  /** Those that a line wouldn't show, because it has no neighbour. */
  readonly isolated: readonly Point[];
  /** The last point with a value. */
  readonly last: ValuedPoint;
}

export interface Numbers {
  readonly name: string;
  readonly style: LineStyle;
  readonly epochs: readonly number[];
  /** One an epoch, as measured. */
  readonly values: readonly (number | null)[];
  readonly deviations?: readonly (number | null)[] | undefined;
  /** From a value as measured to one as shown. */
  readonly factor: number;
}

/** A line of more points than this is thinned: more than pixels can show only makes files large. */
const MOST_POINTS = 1200;

/** The series of `split/name` for each split in the history that has at least one value. */
export function seriesOf(history: History, name: string, factor: number): Series[] {
  const splits = Object.keys(SPLIT_STYLES) as Split[];
  return splits.flatMap((split) => {
    const { x = [], values = [] } = history.series.get(`${split}/${name}`) ?? {};
    const style = SPLIT_STYLES[split];
    return seriesFrom({ name: style.label, style, epochs: x, values, factor });
  });
}

/** Where any split has a point of the quantity, rising. */
export function xsOf(history: History, name: string): readonly number[] {
  const splits = Object.keys(SPLIT_STYLES);
  const found = splits.flatMap((split) => history.series.get(`${split}/${name}`) ?? []);
  const [longest] = found.toSorted((one, other) => other.x.length - one.x.length);
  if (found.every(({ x }) => x === longest?.x)) return longest?.x ?? [];
  const all = Float64Array.from(found.flatMap(({ x }) => x)).sort();
  return Array.from(all.filter((x, index) => index === 0 || x !== all[index - 1]));
}

/** A series, or none where there is no value. What is no finite number is a gap. */
export function seriesFrom({ name, style, epochs, values, deviations, factor }: Numbers): Series[] {
  const points = epochs.map((epoch, index): Point => {
    const value = finite(values[index]);
    const deviation = finite(deviations?.[index]);
    return {
      epoch,
      series: name,
      value: value === null ? null : value * factor,
      ...(value !== null && deviation !== null && { deviation: deviation * factor }),
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
  return [{ name, style, points: thin(points), isolated, last }];
}

/** Ends of the bands, or the values themselves where there are none: what the axis is to hold. */
export function extentsOf(series: readonly Series[]): number[] {
  return series.flatMap(({ points }) =>
    points.flatMap(({ value, deviation = 0 }) =>
      value === null ? [] : [value - deviation, value + deviation],
    ),
  );
}

/** A series of lone points, as of one epoch or of the test at the end, is no line. */
export function isLine({ points, isolated }: Series): boolean {
  return points.filter(({ value }) => value !== null).length > isolated.length;
}

export function hasValue(point: Point): point is ValuedPoint {
  return point.value !== null;
}

function finite(value: number | null | undefined): number | null {
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
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
