// A line chart as text: a pure function from series to rows of exactly the size asked for.

import { alignRight, type Row, type Run, run, type Style } from "../text/rows.ts";
import { type AxisMarks, axisRow, epochLabels, epochTicks } from "./axes.ts";
import { type Cells, putCell, putText, rowOfCells } from "./cells.ts";
import { type Curves, drawCurves } from "./curves.ts";
import { placeLabels } from "./labels.ts";
import { cellColumn, cellRow, frameOf, type PlotFrame } from "./plot-frame.ts";
import type { PlotOptions, PlotPoint, PlotSeries } from "./plot-options.ts";
import { type PlotSigns, plotSigns } from "./signs.ts";

/** `height` rows of `width` columns. Values that are no finite numbers are gaps; later series lie on top. */
export function plot(
  series: readonly PlotSeries[],
  width: number,
  height: number,
  options: PlotOptions,
): Row[] {
  if (width < 1 || height < 1) return Array.from({ length: Math.max(0, height) }, () => []);
  const frame = frameOf(series, width, height, options);
  const signs = plotSigns(options.ascii ?? false);
  const curves = drawCurves(series, frame, options);
  const [under, over] = [
    cellsUnder(curves, frame, options, signs),
    cellsOver(curves, series, frame, options, signs),
  ];
  const looks = series.map(
    ({ color, bold = false, dim, faint }): Style => ({ color, bold, dim: dim || faint || false }),
  );
  const blank = run(" ", DIM);
  const body: Row[] = Array.from({ length: frame.rows }, (_, row) => [
    ...gutterRuns(frame.ticks.get(row), frame.gutter, signs.axis),
    ...rowOfCells(frame.columns + frame.margin, (column) => {
      const owner = column < frame.columns ? curves.canvas.owner(column, row) : 0;
      const curve = owner > 0 ? run(curves.canvas.character(column, row), looks[owner - 1]) : undefined;
      return over.get(row)?.get(column) ?? curve ?? under.get(row)?.get(column) ?? blank;
    }),
  ]);
  return [...body, ...rowsBelow(curves, frame, options, signs)];
}

const DIM = { dim: true } as const;
const STRONG = { bold: true } as const;

/** What curves are drawn over: the baseline and its name, gaps where no axis shows them, the crosshair. */
function cellsUnder({ canvas, gaps }: Curves, frame: PlotFrame, options: PlotOptions, signs: PlotSigns): Cells {
  const cells: Cells = new Map();
  const { columns, rows } = frame;
  const row = cellRow(frame, options.baseline);
  if (row !== undefined) {
    putText(cells, row, 0, signs.dotted.repeat(columns), DIM);
    const name = ` ${options.baselineName ?? ""}`;
    const free = (from: number): boolean =>
      [...name].every((_, index) => canvas.owner(from + index, row) === 0);
    let from = columns - name.length;
    while (from >= columns / 3 && !free(from)) from--;
    if (from >= columns / 3 && name !== " ") {
      putText(cells, row, from, from + name.length < columns ? `${name} ` : name, DIM);
    }
  }
  if (frame.below < 2) for (const column of gaps) putCell(cells, rows - 1, column, run(signs.gap, DIM));
  const line = options.crosshair === undefined ? -1 : cellColumn(frame, options.crosshair);
  for (let at = 0; at < rows && line >= 0 && line < columns; at++) {
    putCell(cells, at, line, run(signs.crosshair, DIM));
  }
  return cells;
}

/** What lies over the curves: their labels, the best value, where the crosshair meets them. */
function cellsOver(
  { canvas, ends }: Curves,
  series: readonly PlotSeries[],
  frame: PlotFrame,
  options: PlotOptions,
  signs: PlotSigns,
): Cells {
  const cells: Cells = new Map();
  if (frame.margin > 0) {
    for (const [row, labels] of placeLabels(ends, canvas)) {
      for (const [column, { label, owner }] of labels) {
        putCell(cells, row, column, run(label, { color: series[owner - 1]?.color, bold: true }));
      }
    }
  }
  const mark = ({ epoch, value, color }: PlotPoint, sign: string): void => {
    const [row, column] = [cellRow(frame, value), cellColumn(frame, epoch)];
    if (row === undefined || column < 0 || column >= frame.columns) return;
    putCell(cells, row, column, run(sign, { color, bold: true }));
  };
  if (options.best) mark(options.best, signs.best);
  for (const point of options.crossings ?? []) mark(point, signs.crossing);
  return cells;
}

function rowsBelow({ gaps }: Curves, frame: PlotFrame, options: PlotOptions, signs: PlotSigns): Row[] {
  const { below, gutter, margin, columns, first, last } = frame;
  if (below === 0) return [];
  const { axisName = "" } = options;
  const ticks = epochTicks(first, last, columns, (epoch) => cellColumn(frame, epoch), options.crosshair);
  const marks = axisMarks(below === 2 ? gaps : new Set(), frame, options, signs);
  const edge = margin > 0 ? [run(" ".repeat(margin))] : [];
  if (below === 1) return [[...epochLabels(ticks, marks, gutter, columns, axisName), ...edge]];
  return [
    [...axisRow(ticks, marks, gutter, columns, signs.axis), ...edge],
    [...epochLabels(ticks, new Map(), gutter, columns, axisName), ...edge],
  ];
}

/** Epochs without a value, over them the best, over that what was changed; a plus where several changes meet. */
function axisMarks(
  gaps: ReadonlySet<number>,
  frame: PlotFrame,
  { best, changes = [] }: PlotOptions,
  signs: PlotSigns,
): AxisMarks {
  const marks = new Map<number, Run>();
  const inPlot = (column: number): boolean => column >= 0 && column < frame.columns;
  for (const column of gaps) if (inPlot(column)) marks.set(column, run(signs.gap, DIM));
  if (best && best.epoch >= frame.first && best.epoch <= frame.last) {
    marks.set(cellColumn(frame, best.epoch), run(signs.best, { color: best.color, bold: true }));
  }
  const changed = new Map<number, string>();
  for (const { at, sign } of changes) {
    if (at < frame.first - 1 || at > frame.last) continue;
    const column = Math.max(0, cellColumn(frame, at));
    const before = changed.get(column) ?? sign;
    changed.set(column, before === sign ? sign : "+");
  }
  for (const [column, sign] of changed) marks.set(column, run(sign, STRONG));
  return marks;
}

function gutterRuns(label: string | undefined, gutter: number, axis: readonly string[]): Run[] {
  if (gutter === 0) return [];
  const sign = label === undefined ? axis[0] : axis[1];
  return [run(`${alignRight(label ?? "", gutter - 1)}${sign}`, DIM)];
}
