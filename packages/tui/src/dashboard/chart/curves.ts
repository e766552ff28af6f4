// The curves of a plot as dots, where they end, and where they have gaps.
import { createAsciiCanvas, createBrailleCanvas, type DotCanvas, drawLine, type Pen } from "./canvas.ts";
import { type Columns, decimate, type Point } from "./decimate.ts";
import type { CurveEnd } from "./labels.ts";
import { dotColumn, dotRow, type PlotFrame } from "./plot-frame.ts";
import type { PlotOptions, PlotSeries } from "./plot-options.ts";

export interface Curves {
  readonly canvas: DotCanvas;
  /** Of those that have a label. */
  readonly ends: readonly CurveEnd[];
  /** Columns of cells in which an epoch has no value. */
  readonly gaps: ReadonlySet<number>;
}

/** Later series lie on top. */
export function drawCurves(
  series: readonly PlotSeries[],
  frame: PlotFrame,
  { epochs, ascii }: PlotOptions,
): Curves {
  const faint = new Set(series.flatMap(({ dim, faint }, index) => (dim || faint ? [index + 1] : [])));
  const marks = series.map(({ mark }) => mark ?? "*");
  const canvas = ascii
    ? createAsciiCanvas(frame.columns, frame.rows, marks)
    : createBrailleCanvas(frame.columns, frame.rows, faint);
  const columns: Columns = {
    epochs,
    key: `${frame.first} ${frame.last} ${canvas.width}`,
    columnOf: (epoch) => dotColumn(frame, epoch),
    // Left out before the points are chosen, so that the least that can be shown is among them.
    ...(frame.scale.kind === "log" ? { above: 0 } : {}),
  };
  const ends: CurveEnd[] = [];
  const gaps = new Set<number>();
  const [across, down] = frame.dots;
  series.forEach(({ values, epochs: own, dashed, dotted, label, every }, index) => {
    const owner = index + 1;
    const ofSeries = { ...columns, ...(own && { epochs: own }), ...(every !== undefined && { every }) };
    const decimated = decimate(values, ofSeries);
    const end = drawCurve(canvas, decimated.points, ofSeries, frame, {
      owner,
      dashes: ascii ? 0 : dotted ? 1 : dashed ? 3 : 0,
      drawn: 0,
    });
    if (end !== undefined && label !== undefined) {
      ends.push({ label, owner, column: Math.floor(end[0] / across), row: Math.floor(end[1] / down) });
    }
    if (!faint.has(owner)) for (const column of decimated.gaps) gaps.add(Math.floor(column / across));
  });
  return { canvas, ends, gaps };
}

/** Heights of the plot away from it: a line to there is upright. Farther on there is infinity. */
const FAR = 1e9;

/** A column of dots, and a height: within the plot where that is from 0 to 1. */
type Place = readonly [column: number, height: number];

/** Gives the dot that its end is at, or would be next to. */
function drawCurve(
  canvas: DotCanvas,
  points: readonly Point[],
  { epochs, columnOf }: Columns,
  frame: PlotFrame,
  pen: Pen,
): readonly [number, number] | undefined {
  const dotOf = ([column, height]: Place) => [column, dotRow(frame, within(height))] as const;
  let before: Place | undefined;
  for (const { index, value, afterGap } of points) {
    const position = frame.scale.position(value);
    if (position === null) continue;
    const here: Place = [columnOf(epochs[index] ?? frame.first), between(-FAR, position, FAR)];
    const from = before && !afterGap ? before : here;
    const line = clipped(from, here, frame.columns * frame.dots[0] - 1);
    if (line !== undefined) drawLine(canvas, dotOf(line[0]), dotOf(line[1]), pen);
    before = here;
  }
  return before && dotOf(before);
}

/** What of a straight line is within the plot: what is cut off may be farther away than there are dots to count. */
function clipped(start: Place, end: Place, lastColumn: number): readonly [Place, Place] | undefined {
  if (end[0] < 0 || start[0] > lastColumn) return undefined;
  const cutAcross = (place: Place): Place => {
    const edge = between(0, place[0], lastColumn);
    if (edge === place[0]) return place;
    return [edge, start[1] + ((edge - start[0]) / (end[0] - start[0])) * (end[1] - start[1])];
  };
  const [from, to] = [cutAcross(start), cutAcross(end)];
  if ((from[1] < 0 && to[1] < 0) || (from[1] > 1 && to[1] > 1)) return undefined;
  const cut = ([column, height]: Place): Place => {
    const edge = within(height);
    if (edge === height) return [column, height];
    const share = (edge - from[1]) / (to[1] - from[1]);
    return [Math.round(from[0] + share * (to[0] - from[0])), edge];
  };
  return [cut(from), cut(to)];
}

function within(height: number): number {
  return between(0, height, 1);
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
