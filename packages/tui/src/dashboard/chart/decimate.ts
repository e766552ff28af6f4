// Fewer points than epochs, without losing a spike: of all values in one column of dots the first, the least,
// the largest and the last are kept (M4, Jugel et al. 2014), which draws the same picture as drawing them all.
import { type Follower, rememberer } from "./growing.ts";
import { isNumber, type Values } from "./values.ts";

export interface Point {
  /** Which value it is. */
  readonly index: number;
  readonly value: number;
  /** No line leads here from the point before: a value in between is missing. */
  readonly afterGap: boolean;
}

export interface Decimated {
  /** At most four for each column. */
  readonly points: readonly Point[];
  /** Columns in which a value is missing. */
  readonly gaps: ReadonlySet<number>;
}

export interface Columns {
  /** The epoch of each value. */
  readonly epochs: readonly number[];
  /** Names `columnOf`: as long as it is the same, so are the columns. */
  readonly key: string;
  /** Must not fall. */
  readonly columnOf: (epoch: number) => number;
  /** What isn't above is missing, e.g. 0 for a log axis. */
  readonly above?: number;
  /** Epochs from a value to the next, where it isn't 1: only where there are fewer is one missing. */
  readonly every?: number;
}

const remember = rememberer<Decimated>();

/** Values that are no finite numbers are missing. */
export function decimate(values: Values, columns: Columns): Decimated {
  const { epochs, key, above, every } = columns;
  return remember(values, `${key} ${above} ${every}`, epochs, () => follower(columns));
}

function follower(columns: Columns): Follower<Decimated> {
  const { epochs, columnOf, above = Number.NEGATIVE_INFINITY, every = 1 } = columns;
  const closed: Point[] = [];
  const gaps = new Set<number>();
  // Of the column that is still open, as indices: nothing is allocated for a value that isn't kept.
  let column: number | undefined;
  let [first, least, largest, last] = [0, 0, 0, 0];
  let [leastValue, largestValue] = [0, 0];
  let firstAfterGap = true;
  let gap = true;
  let without = 0;
  const open = (values: Values): Point[] => {
    if (column === undefined) return [];
    const kept = [first, Math.min(least, largest), Math.max(least, largest), last];
    return kept
      .filter((index, place) => place === 0 || index !== kept[place - 1])
      .map((index, place) => ({ index, value: values[index] ?? 0, afterGap: place === 0 && firstAfterGap }));
  };
  return (values, from) => {
    for (let index = from; index < values.length; index++) {
      const value = values[index];
      const here = columnOf(epochs[index] ?? 0);
      if (!isNumber(value) || value <= above) {
        if (++without < every) continue;
        gaps.add(here);
        gap = true;
        continue;
      }
      if (here !== column) {
        closed.push(...open(values));
        column = here;
        first = least = largest = index;
        leastValue = largestValue = value;
        firstAfterGap = gap;
      } else if (value < leastValue) {
        least = index;
        leastValue = value;
      } else if (value > largestValue) {
        largest = index;
        largestValue = value;
      }
      last = index;
      gap = false;
      without = 0;
    }
    return { points: [...closed, ...open(values)], gaps };
  };
}
