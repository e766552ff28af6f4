// The measures of a plot: its room, what its axes span, and where in it an epoch and a value lie.
import { gutterWidth } from "./axes.ts";
import type { PlotOptions, PlotSeries } from "./plot-options.ts";
import { createScale, type Scale, tickLabels } from "./scale.ts";

export interface PlotFrame {
  /** Columns at the left for the labels and the axis; 0 where there is no room for them. */
  readonly gutter: number;
  /** Columns at the right that only labels use. */
  readonly margin: number;
  /** Of the cells that curves are drawn in. */
  readonly columns: number;
  readonly rows: number;
  /** Rows below: the axis and its numbers, the numbers alone, or nothing. */
  readonly below: 0 | 1 | 2;
  /** Dots across and down a cell. */
  readonly dots: readonly [number, number];
  readonly scale: Scale;
  /** Labels of the values by row. */
  readonly ticks: ReadonlyMap<number, string>;
  /** Epochs at the left and the right edge. */
  readonly first: number;
  readonly last: number;
}

/** At least one column and one row. */
export function frameOf(
  series: readonly PlotSeries[],
  width: number,
  height: number,
  options: PlotOptions,
): PlotFrame {
  const inFront = series.filter(({ values, dim, cut }) => !dim && !cut && values.length > 0);
  const scale = createScale(
    (inFront.length > 0 ? inFront : series).map(({ values }) => values),
    options,
  );
  const below = height >= 8 ? 2 : height >= 4 ? 1 : 0;
  const rows = height - below;
  const dots = options.ascii ? ([1, 1] as const) : ([2, 4] as const);
  const ticks = ticksByRow(scale, rows, dots[1], options.percent ?? false);
  const gutter = gutterWidth([...ticks.values(), options.axisName ?? ""], width);
  const first = options.firstEpoch ?? options.epochs[0] ?? 1;
  const last = Math.max(options.lastEpoch ?? 0, options.epochs.at(-1) ?? first, first);
  // A label stands at the right of its curve, also where that ends at the edge.
  const margin = gutter > 0 && series.some(({ label }) => label !== undefined) ? 1 : 0;
  return { gutter, margin, columns: width - gutter - margin, rows, below, dots, scale, ticks, first, last };
}

/** The column of dots, from 0; outside of the plot where the epoch is. */
export function dotColumn({ first, last, columns, dots }: PlotFrame, epoch: number): number {
  if (last === first) return 0;
  const by = divisorFor(first, last);
  const share = (epoch / by - first / by) / (last / by - first / by);
  return Math.round(share * (columns * dots[0] - 1));
}

/** What both ends are divided by, so that their distance is a number: a double's whole range is twice what one holds. */
function divisorFor(first: number, last: number): number {
  return Number.isFinite(last - first) ? 1 : 4;
}

/** The column of cells, from 0. */
export function cellColumn(frame: PlotFrame, epoch: number): number {
  return Math.floor(dotColumn(frame, epoch) / frame.dots[0]);
}

/** The row of dots that holds a height (0 to 1), from the top. */
export function dotRow({ rows, dots }: Pick<PlotFrame, "rows" | "dots">, position: number): number {
  return Math.round((1 - position) * (rows * dots[1] - 1));
}

/** The row of cells that holds a value; `undefined` outside of the plot. */
export function cellRow(frame: PlotFrame, value: number | null | undefined): number | undefined {
  return rowOf(frame.scale, value, frame.rows, frame.dots[1]);
}

/** The epoch, rarely a whole one, in the middle of a column of cells. */
export function epochAt({ first, last, columns, dots }: PlotFrame, column: number): number {
  const across = Math.max(1, columns * dots[0] - 1);
  const by = divisorFor(first, last);
  return by * (first / by + ((column * dots[0] + (dots[0] - 1) / 2) / across) * (last / by - first / by));
}

/** At least one row free between two of them. */
function ticksByRow(scale: Scale, rows: number, down: number, percent: boolean): Map<number, string> {
  const rowsOf = (values: readonly number[]) => values.map((value) => rowOf(scale, value, rows, down));
  const most = Math.max(2, Math.min(Math.floor((rows + 1) / 2), 4 + Math.floor(rows / 10)));
  let ticks = scale.ticks(most);
  for (let fewer = most - 1; fewer > 0 && tooClose(rowsOf(ticks)); fewer--) ticks = scale.ticks(fewer);
  if (ticks.length < 2) ticks = thinned(scale.ticks(most + 1), (some) => !tooClose(rowsOf(some))) ?? ticks;
  const labels = tickLabels(ticks, percent);
  const byRow = new Map<number, string>();
  rowsOf(ticks).forEach((row, index) => {
    if (row !== undefined && !byRow.has(row)) byRow.set(row, labels[index] ?? "");
  });
  return byRow;
}

/** Every second tick, or third and so on, so that there are two at least: one alone gives no measure. */
function thinned(ticks: readonly number[], fit: (ticks: readonly number[]) => boolean): number[] | undefined {
  for (let step = 1; step < ticks.length; step++) {
    const some = ticks.filter((_, index) => index % step === 0);
    if (fit(some)) return some;
  }
  return undefined;
}

function tooClose(rows: readonly (number | undefined)[]): boolean {
  return rows.some((row, index) => index > 0 && Math.abs((rows[index - 1] ?? -2) - (row ?? -2)) < 2);
}

function rowOf(scale: Scale, value: number | null | undefined, rows: number, down: number): number | undefined {
  const position = scale.position(value);
  if (position === null || position < 0 || position > 1) return undefined;
  return Math.floor(dotRow({ rows, dots: [1, down] }, position) / down);
}
