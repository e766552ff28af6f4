// The chart: validation accuracy by epoch of the trials of a stage, one over the other, and a legend with their titles.

import type { PlotSeries, Theme } from "@trainscope/tui/parts";
import { centred, plot, type Row, rowWidth, run } from "@trainscope/tui/parts";
import { truncate } from "@trainscope/tui/text";
import { CURVE_STYLES, type Palette } from "../model/palette.ts";
import type { Curve } from "../model/progress.ts";
import { titleWithoutSeed } from "../model/state.ts";
import { lookOf } from "./mark.ts";
import { readable } from "./readable.ts";

export interface CurvesView {
  readonly curves: readonly Curve[];
  readonly palette: Palette;
}

/** So many curves without a place in the palette are drawn, faint, behind the others; more would only blacken the chart. */
const MOST_FAINT = 60;
const LEAST_PLOT = 5;
/** Between two entries of the legend. */
const GAP = 2;
const LONGEST_TITLE = 32;

/** The plot with its legend below, or what it waits for. */
export function curvesRows(
  { curves, palette }: CurvesView,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  if (!curves.some(({ accuracies }) => accuracies.length > 0)) {
    return centred(
      curves.length === 0 ? "waiting for the first trial" : "waiting for the first epoch to end",
      width,
      height,
    );
  }
  const faint = curves.filter(({ trial }) => lookOf(palette, titleWithoutSeed(trial)) === undefined);
  const legend = legendRows(palette, faint.length, width, legendRoom(height), theme);
  const epochs = Math.max(...curves.map(({ trial }) => trial.settings.epochs));
  const rows = plot(seriesOf(curves, faint, palette, theme), width, height - legend.length, {
    epochs: Array.from({ length: epochs }, (_, index) => index + 1),
    range: [0, 1],
    percent: true,
    ascii: theme.ascii,
  });
  return [...rows, ...legend];
}

/** The faint ones first, so that they lie below. */
function seriesOf(
  curves: readonly Curve[],
  faint: readonly Curve[],
  palette: Palette,
  theme: Theme,
): PlotSeries[] {
  const behind = faint
    .slice(-MOST_FAINT)
    .map(({ accuracies }): PlotSeries => ({ values: accuracies, dim: true, mark: "." }));
  const coloured = palette.flatMap((place, index) => {
    const look = CURVE_STYLES[index];
    if (place === undefined || look === undefined) return [];
    const { color, letter } = look;
    const ofTitle = curves.filter(({ trial }) => titleWithoutSeed(trial) === place.title);
    return ofTitle.map(
      ({ accuracies }): PlotSeries => ({
        values: accuracies,
        color,
        mark: letter,
        label: letter,
        // Where no colour tells them apart, every other is broken.
        dashed: !theme.color && index % 2 === 1,
      }),
    );
  });
  return [...behind, ...coloured];
}

/** The plot comes first: what the legend leaves out has its letter in the lists. */
function legendRoom(height: number): number {
  return Math.max(0, Math.min(height - LEAST_PLOT, Math.max(2, Math.floor(height * 0.4))));
}

/** Letters and titles in at most `height` rows, and how many curves have none here. */
function legendRows(palette: Palette, faint: number, width: number, height: number, theme: Theme): Row[] {
  const { glyphs } = theme;
  const entries = palette.flatMap((place, index): Row[] => {
    const look = CURVE_STYLES[index];
    if (place === undefined || look === undefined) return [];
    const title = truncate(readable(place.title, theme), Math.min(LONGEST_TITLE, width - 4), glyphs.ellipsis);
    return [[run(look.letter, { color: look.color, bold: true }), run(` ${title}`)]];
  });
  for (let count = entries.length; count > 0; count--) {
    const others = faint + entries.length - count;
    const rest: Row[] = others > 0 ? [[run(`${glyphs.dot} ${others} more`, { dim: true })]] : [];
    const rows = arranged([...entries.slice(0, count), ...rest], width);
    if (rows.length <= height) return rows;
  }
  return [];
}

/** In columns, unless that takes more rows than one entry after the other. */
function arranged(entries: readonly Row[], width: number): Row[] {
  const aligned = inColumns(entries, width);
  const flowing = oneAfterTheOther(entries, width);
  return flowing.length < aligned.length ? flowing : aligned;
}

/** Puts as many entries in a row as there is room for, in columns. */
function inColumns(entries: readonly Row[], width: number): Row[] {
  const cell = Math.max(0, ...entries.map(rowWidth)) + GAP;
  const perRow = Math.max(1, Math.floor((width + GAP) / cell));
  const rows: Row[] = [];
  for (let at = 0; at < entries.length; at += perRow) {
    rows.push(
      entries.slice(at, at + perRow).flatMap((entry) => [...entry, run(" ".repeat(cell - rowWidth(entry)))]),
    );
  }
  return rows;
}

/** Like words. */
function oneAfterTheOther(entries: readonly Row[], width: number): Row[] {
  const rows: Row[] = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    if (last && rowWidth(last) + GAP + rowWidth(entry) <= width) {
      rows[rows.length - 1] = [...last, run(" ".repeat(GAP)), ...entry];
    } else rows.push(entry);
  }
  return rows;
}
