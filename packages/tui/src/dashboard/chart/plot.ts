// A line chart as text: a pure function from series to rows of exactly the size asked for.
import { alignRight, type Color, type Row, type Run, run } from "../text/rows.ts";
import { axisRow, epochLabels, epochTicks, gutterWidth } from "./axes.ts";
import { createAsciiCanvas, createBrailleCanvas, type DotCanvas, drawLine, type Pen } from "./canvas.ts";
import { decimate } from "./decimate.ts";
import { type CurveEnd, placeLabels } from "./labels.ts";
import { createScale, type Scale, type ScaleOptions, tickLabels, type Values } from "./scale.ts";

export interface PlotSeries {
  readonly values: Values;
  readonly color?: Color | undefined;
  readonly dashed?: boolean;
  /** In the background of the others: what of it doesn't fit their range is cut off. */
  readonly dim?: boolean;
  /** One character beside the curve's end. */
  readonly label?: string | undefined;
  /** Its character where there is no Braille. */
  readonly mark?: string;
}

export interface PlotOptions extends ScaleOptions {
  /** The epoch of each value, rising. */
  readonly epochs: readonly number[];
  /** The epoch at the right edge; the newest where it is missing. */
  readonly lastEpoch?: number | undefined;
  readonly percent?: boolean;
  readonly ascii?: boolean;
  /** vertical, vertical with tick, corner, horizontal, horizontal with tick */
  readonly axis?: readonly [string, string, string, string, string];
}

interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly scale: Scale;
  /** Epochs at the left and the right edge. */
  readonly first: number;
  readonly last: number;
}

const UNICODE_AXIS = ["│", "┤", "╰", "─", "┬"] as const;
const ASCII_AXIS = ["|", "+", "+", "-", "+"] as const;

/** `height` rows of `width` columns. Values that are no finite numbers are gaps; later series lie on top. */
export function plot(
  series: readonly PlotSeries[],
  width: number,
  height: number,
  options: PlotOptions,
): Row[] {
  if (width < 1 || height < 1) return Array.from({ length: Math.max(0, height) }, () => []);
  const inFront = series.filter(({ values, dim }) => !dim && values.length > 0);
  const scale = createScale(
    (inFront.length > 0 ? inFront : series).map(({ values }) => values),
    options,
  );
  const below = height >= 8 ? 2 : height >= 4 ? 1 : 0;
  const rows = height - below;
  const ticks = ticksByRow(scale, rows, options.percent ?? false);
  const gutter = gutterWidth([...ticks.values()], width);
  const first = options.epochs[0] ?? 1;
  const last = Math.max(options.lastEpoch ?? 0, options.epochs.at(-1) ?? first, first);
  // A label stands at the right of its curve, also where that ends at the edge.
  const margin = gutter > 0 && series.some(({ label }) => label !== undefined) ? 1 : 0;
  const columns = width - gutter - margin;
  const frame: Frame = { columns, rows, scale, first, last };
  const [canvas, ends] = drawSeries(series, frame, options);
  const labels = margin > 0 ? placeLabels(ends, canvas) : undefined;
  const axis = options.axis ?? (options.ascii ? ASCII_AXIS : UNICODE_AXIS);
  const baselineRow = cellOf(scale.position(options.baseline), rows);
  const body: Row[] = Array.from({ length: rows }, (_, row) => [
    ...gutterRuns(ticks.get(row), gutter, axis),
    ...canvasRuns(canvas, row, series, {
      blank: row === baselineRow ? (options.ascii ? "-" : "┄") : " ",
      labels: labels?.get(row),
      margin,
    }),
  ]);
  const marks = epochTicks(first, last, columns);
  const edge = run(" ".repeat(margin));
  if (below === 2) body.push([...axisRow(marks, gutter, columns, axis), edge]);
  if (below > 0) body.push([...epochLabels(marks, gutter, columns), edge]);
  return body;
}

/** The curves as dots, and where those end that have a label. */
function drawSeries(
  series: readonly PlotSeries[],
  frame: Frame,
  options: PlotOptions,
): readonly [DotCanvas, readonly CurveEnd[]] {
  const { columns, rows, scale, first, last } = frame;
  const canvas = options.ascii
    ? createAsciiCanvas(
        columns,
        rows,
        series.map(({ mark }) => mark ?? "*"),
      )
    : createBrailleCanvas(columns, rows);
  const columnOf = (index: number): number =>
    last === first
      ? 0
      : Math.round((((options.epochs[index] ?? first) - first) / (last - first)) * (canvas.width - 1));
  const [acrossCell, downCell] = options.ascii ? [1, 1] : [2, 4];
  const ends: CurveEnd[] = [];
  series.forEach(({ values, dashed, label }, index) => {
    const pen: Pen = { owner: index + 1, dashes: dashed && !options.ascii ? 3 : 0, drawn: 0 };
    let before: readonly [number, number] | undefined;
    let end: readonly [number, number] | undefined;
    for (const point of decimate(values, columnOf)) {
      const position = scale.position(point.value);
      if (position === null) {
        before = undefined;
        continue;
      }
      const here = [columnOf(point.index), Math.round((1 - position) * (canvas.height - 1))] as const;
      if (before && !point.afterGap) drawLine(canvas, before, here, pen);
      else canvas.set(...here, pen.owner);
      before = here;
      end = here;
    }
    if (end === undefined || label === undefined) return;
    const [column, row] = [Math.floor(end[0] / acrossCell), Math.floor(end[1] / downCell)];
    ends.push({ label, owner: index + 1, column, row });
  });
  return [canvas, ends];
}

/** Labels by row of cells, at least one row free between two of them. */
function ticksByRow(scale: Scale, rows: number, percent: boolean): Map<number, string> {
  let most = Math.max(2, Math.min(Math.floor((rows + 1) / 2), 4 + Math.floor(rows / 10)));
  let ticks = scale.ticks(most);
  while (most > 1 && tooClose(ticks, scale, rows)) {
    most--;
    ticks = scale.ticks(most);
  }
  const labels = tickLabels(ticks, percent);
  const byRow = new Map<number, string>();
  ticks.forEach((tick, index) => {
    const row = cellOf(scale.position(tick), rows);
    if (row !== undefined && !byRow.has(row)) byRow.set(row, labels[index] ?? "");
  });
  return byRow;
}

function tooClose(ticks: readonly number[], scale: Scale, rows: number): boolean {
  const at = ticks.map((tick) => cellOf(scale.position(tick), rows) ?? -2);
  return at.some((row, index) => index > 0 && Math.abs((at[index - 1] ?? -2) - row) < 2);
}

/** The row of cells that holds a height; `undefined` outside the plot. */
function cellOf(position: number | null, rows: number): number | undefined {
  if (position === null || position < 0 || position > 1) return undefined;
  return Math.floor(Math.round((1 - position) * (rows * 4 - 1)) / 4);
}

function gutterRuns(label: string | undefined, gutter: number, axis: readonly string[]): Run[] {
  if (gutter === 0) return [];
  const sign = label === undefined ? axis[0] : axis[1];
  return [run(`${alignRight(label ?? "", gutter - 1)}${sign}`, { dim: true })];
}

interface RowLook {
  /** Fills the empty cells. */
  readonly blank: string;
  /** By column. */
  readonly labels: ReadonlyMap<number, CurveEnd> | undefined;
  /** Columns at the right that only labels use. */
  readonly margin: number;
}

/** The cells of a row, neighbours of one owner in one run. */
function canvasRuns(
  canvas: DotCanvas,
  row: number,
  series: readonly PlotSeries[],
  { blank, labels, margin }: RowLook,
): Run[] {
  const runs: Run[] = [];
  let text = "";
  let owner = -1;
  const flush = (): void => {
    if (text === "") return;
    const { color, dim = false } = series[owner - 1] ?? { dim: true };
    runs.push(run(text, dim ? { dim } : { color }));
    text = "";
  };
  for (let column = 0; column < canvas.columns + margin; column++) {
    const label = labels?.get(column);
    if (label) {
      flush();
      runs.push(run(label.label, { color: series[label.owner - 1]?.color, bold: true }));
      continue;
    }
    const next = column < canvas.columns ? canvas.owner(column, row) : 0;
    if (next !== owner) flush();
    owner = next;
    text += next === 0 ? (column < canvas.columns ? blank : " ") : canvas.character(column, row);
  }
  flush();
  return runs;
}
