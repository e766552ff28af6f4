// Series of different paces as rows by x, rising.
import type { Series } from "./series.ts";

export interface Row {
  readonly x: number;
  /** One a series: `undefined` where it has no point here; NaN and infinities as they were told. */
  readonly values: readonly (number | undefined)[];
}

export function* rowsOf(series: readonly Series[]): Generator<Row> {
  const columns = series.map((one) => one.points());
  const all = Float64Array.from(columns.flatMap(({ xs }) => xs)).sort();
  const places = columns.map(() => 0);
  let last: number | undefined;
  for (const x of all) {
    if (x === last) continue;
    last = x;
    const values = columns.map(({ xs, ys }, column) => {
      const at = places[column] ?? 0;
      if (xs[at] !== x) return undefined;
      places[column] = at + 1;
      return ys[at];
    });
    yield { x, values };
  }
}
