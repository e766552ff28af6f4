// Curves of one quantity by another, such as a ROC curve: straight lines from place to place, in their order.
import { alignRight, type Color, type Row, run } from "../text/rows.ts";
import { axisRow, type EpochTick, epochLabels } from "./axes.ts";
import { createAsciiCanvas, createBrailleCanvas, type DotCanvas, drawLine } from "./canvas.ts";
import { rowOfCells } from "./cells.ts";
import { cellColumn, dotColumn, dotRow, frameOf, type PlotFrame } from "./plot-frame.ts";
import { tickLabels } from "./scale.ts";
import { plotSigns } from "./signs.ts";
import { niceTicks } from "./ticks.ts";
import { isNumber, type Values } from "./values.ts";

export interface CurveLine {
  /** As many as `y`. Where either is no finite number the line is broken. */
  readonly x: Values;
  readonly y: Values;
  readonly color: Color | undefined;
  /** Every so many dots a gap as long; 0 for a solid line. */
  readonly dashes: number;
  /** Its character where there is no Braille. */
  readonly mark: string;
}

export interface CurvePlotOptions {
  /** A faint line from (0, 0) to (1, 1), behind the others. */
  readonly diagonal: boolean;
  readonly ascii: boolean;
}

const DIM = { dim: true } as const;
/** An owner's number has eight bits, and the diagonal has one of them. */
const MOST_CURVES = 250;

/** `height` rows of `width` columns; later curves lie on top. None where no curve has a place. */
export function curvePlot(
  lines: readonly CurveLine[],
  width: number,
  height: number,
  { diagonal, ascii }: CurvePlotOptions,
): Row[] {
  const shown = [...(diagonal ? [DIAGONAL] : []), ...lines.slice(0, MOST_CURVES)];
  const [x, y] = [extent(shown.map((line) => line.x)), extent(shown.map((line) => line.y))];
  if (width < 1 || height < 1 || x === undefined || y === undefined) return [];
  const frame = frameOf([{ values: y }], width, height, {
    epochs: [],
    firstEpoch: x[0],
    lastEpoch: x[1],
    ascii,
    // What goes from 0 to 1 needs no margin.
    ...(diagonal ? { range: y } : {}),
  });
  const faint = new Set(diagonal ? [1] : []);
  const marks = shown.map(({ mark }) => mark);
  const canvas = ascii
    ? createAsciiCanvas(frame.columns, frame.rows, marks)
    : createBrailleCanvas(frame.columns, frame.rows, faint);
  shown.forEach((line, index) => {
    drawCurve(canvas, line, index + 1, frame, ascii);
  });
  const looks = shown.map(({ color }) => (color === undefined ? DIM : { color }));
  const signs = plotSigns(ascii);
  const body = Array.from({ length: frame.rows }, (_, row): Row => {
    const label = frame.ticks.get(row);
    const edge = `${alignRight(label ?? "", frame.gutter - 1)}${signs.axis[label === undefined ? 0 : 1]}`;
    const cells = rowOfCells(frame.columns, (column) => {
      const owner = canvas.owner(column, row);
      return owner === 0 ? run(" ", DIM) : run(canvas.character(column, row), looks[owner - 1]);
    });
    return frame.gutter > 0 ? [run(edge, DIM), ...cells] : cells;
  });
  return [...body, ...rowsBelow(frame, signs.axis)];
}

const DIAGONAL: CurveLine = { x: [0, 1], y: [0, 1], color: undefined, dashes: 2, mark: "." };

/** Least and largest of all; `undefined` where there is none. */
function extent(lists: readonly Values[]): [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of lists) {
    for (const value of values) {
      if (!isNumber(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low > high ? undefined : [low, high];
}

function drawCurve(canvas: DotCanvas, line: CurveLine, owner: number, frame: PlotFrame, ascii: boolean): void {
  const pen = { owner, dashes: ascii ? 0 : line.dashes, drawn: 0 };
  let before: readonly [number, number] | undefined;
  line.x.forEach((x, index) => {
    const position = frame.scale.position(line.y[index]);
    if (!isNumber(x) || position === null) {
      before = undefined;
      return;
    }
    const here = [dotColumn(frame, x), dotRow(frame, position)] as const;
    drawLine(canvas, before ?? here, here, pen);
    before = here;
  });
}

function rowsBelow(frame: PlotFrame, axis: readonly string[]): Row[] {
  const { below, gutter, columns, first, last } = frame;
  if (below === 0) return [];
  const at = niceTicks(first, last, Math.max(2, Math.floor(columns / 12)));
  const labels = tickLabels(at, false);
  const ticks = at.map((x, index): EpochTick => ({ column: cellColumn(frame, x), label: labels[index] ?? "" }));
  const numbers = epochLabels(ticks, new Map(), gutter, columns);
  return below === 1 ? [numbers] : [axisRow(ticks, new Map(), gutter, columns, axis), numbers];
}
