// The curves that a metric came to, with their names beside them where there is room.
import type { MetricCurves } from "@trainscope/core/events";
import { visible } from "@trainscope/core/text";
import { displayWidth } from "../../text/width.ts";
import { type CurveLine, curvePlot } from "../chart/curve-plot.ts";
import { alignLeft, type Color, type Row, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";

/** Neighbours differ in brightness as well, for eyes that don't tell the hues apart. */
const LINE_COLORS: readonly Color[] = ["cyan", "magenta", "yellow", "blue", "green", "red"];
const DASHES = [0, 3, 1];
const MARKS = "abcdefghijklmnopqrstuvwxyz";
const LEAST_PLOT = 30;
const MOST_NAME = 16;

/** Rows of at most `width` columns. */
export function resultCurveRows(
  { curves }: MetricCurves,
  diagonal: boolean,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const lines = curves.map(({ x, y }, index): CurveLine => ({ x, y, ...lookOf(index, theme) }));
  const names = curves.map(({ name }) => visible(name));
  const legend = 4 + Math.min(MOST_NAME, Math.max(0, ...names.map(displayWidth)));
  const hasLegend = curves.length > 1 && width - legend >= LEAST_PLOT;
  const plot = curvePlot(lines, hasLegend ? width - legend : width, height, { diagonal, ascii: theme.ascii });
  if (!hasLegend) return plot;
  const shown = names.length > height ? height - 1 : names.length;
  return plot.map((row, index): Row => {
    if (index === shown && names.length > shown) {
      return [...row, run(` ${names.length - shown} more`, { dim: true })];
    }
    const name = names[index];
    if (name === undefined || index >= shown) return row;
    const { color, dashes, mark } = lookOf(index, theme);
    const sign = theme.ascii ? mark.repeat(2) : signOf(dashes, theme);
    return [
      ...row,
      run(` ${sign} `, { color }),
      run(alignLeft(name, legend - 4, theme.glyphs.ellipsis).trimEnd()),
    ];
  });
}

function lookOf(index: number, { color, ascii }: Theme): Pick<CurveLine, "color" | "dashes" | "mark"> {
  const round = color ? Math.floor(index / LINE_COLORS.length) : index;
  return {
    color: LINE_COLORS[index % LINE_COLORS.length] as Color,
    dashes: ascii ? 0 : (DASHES[round % DASHES.length] ?? 0),
    mark: MARKS.charAt(index % MARKS.length),
  };
}

function signOf(dashes: number, { glyphs }: Theme): string {
  if (dashes === 0) return glyphs.trainLine;
  return dashes === 1 ? glyphs.testLine : glyphs.validationLine;
}
