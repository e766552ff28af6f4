// The curves of a plot as dots, where they end, and where they have gaps.
import { createAsciiCanvas, createBrailleCanvas, type DotCanvas, drawLine, type Pen } from "./canvas.ts";
import { type Columns, decimate, type Point } from "./decimate.ts";
import type { CurveEnd } from "./labels.ts";
import type { PlotOptions, PlotSeries } from "./plot.ts";
import { dotColumn, dotRow, type PlotFrame } from "./plot-frame.ts";

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
  series.forEach(({ values, epochs: own, dashed, label, every }, index) => {
    const owner = index + 1;
    const ofSeries = { ...columns, ...(own && { epochs: own }), ...(every !== undefined && { every }) };
    const decimated = decimate(values, ofSeries);
    const end = drawCurve(canvas, decimated.points, ofSeries, frame, {
      owner,
      dashes: dashed && !ascii ? 3 : 0,
      drawn: 0,
    });
    if (end !== undefined && label !== undefined) {
      ends.push({ label, owner, column: Math.floor(end[0] / across), row: Math.floor(end[1] / down) });
    }
    if (!faint.has(owner)) for (const column of decimated.gaps) gaps.add(Math.floor(column / across));
  });
  return { canvas, ends, gaps };
}

/** Gives its last dot. */
function drawCurve(
  canvas: DotCanvas,
  points: readonly Point[],
  { epochs, columnOf }: Columns,
  frame: PlotFrame,
  pen: Pen,
): readonly [number, number] | undefined {
  let before: readonly [number, number] | undefined;
  for (const { index, value, afterGap } of points) {
    const position = frame.scale.position(value);
    if (position === null) continue;
    const here = [columnOf(epochs[index] ?? frame.first), dotRow(frame, position)] as const;
    if (before && !afterGap) drawLine(canvas, before, here, pen);
    else canvas.set(...here, pen.owner);
    before = here;
  }
  return before;
}
