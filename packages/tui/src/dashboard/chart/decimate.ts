// Fewer points than epochs, without losing a spike: of all values in one column of dots the first, the least,
// the largest and the last are kept (M4, Jugel et al. 2014), which draws the same picture as drawing them all.
import type { Values } from "./scale.ts";

export interface Point {
  /** Which value it is. */
  readonly index: number;
  readonly value: number;
  /** No line leads here from the point before: a value in between is missing. */
  readonly afterGap: boolean;
}

/** At most four points for each column; `columnOf` must not fall. Values that are no finite numbers are gaps. */
export function decimate(values: Values, columnOf: (index: number) => number): Point[] {
  const points: Point[] = [];
  let column: Column | undefined;
  let gap = true;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      gap = true;
      continue;
    }
    const number = columnOf(index);
    if (column === undefined || column.number !== number) {
      if (column) pushColumn(points, column);
      const first: Point = { index, value, afterGap: gap };
      column = { number, first, least: first, largest: first, last: first };
    } else {
      const point: Point = { index, value, afterGap: false };
      if (value < column.least.value) column.least = point;
      if (value > column.largest.value) column.largest = point;
      column.last = point;
    }
    gap = false;
  }
  if (column) pushColumn(points, column);
  return points;
}

interface Column {
  readonly number: number;
  readonly first: Point;
  least: Point;
  largest: Point;
  last: Point;
}

function pushColumn(points: Point[], { first, least, largest, last }: Column): void {
  const [early, late] = least.index <= largest.index ? [least, largest] : [largest, least];
  let before: Point | undefined;
  for (const point of [first, early, late, last]) {
    if (point !== before) points.push(point);
    before = point;
  }
}
