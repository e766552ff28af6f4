// The legend of a chart: which line is which, the newest values or those at the crosshair, and what else is to know.
import { formatSetting, formatShortCount, formatX } from "../../text/format.ts";
import { type Formats, formatMetric } from "../../text/format-metric.ts";
import { truncate } from "../../text/width.ts";
import { extentOf } from "../chart/extent.ts";
import { plotSigns } from "../chart/signs.ts";
import type { Change } from "../model/changes.ts";
import { type Row, run } from "../text/rows.ts";
import { COLORS, splitLine, type Theme } from "../text/theme.ts";
import { baselineName, type ChartCurve, type ChartView, scaleOf } from "./chart-view.ts";

/** Charts side by side on a small terminal, whose legends should read alike. */
const NARROW = 36;

/** Of the other run's name there is at least so much; beside it stand frame, title and line. */
const LEAST_LABEL = 6;
const BESIDE_LABEL = 20;

/** What a legend names first where it can't have both. */
export type LegendOrder = "names" | "values";

/** From long to short, for the frame to take the first that fits. */
export function chartLegends(
  view: ChartView,
  width: number,
  formats: Formats,
  theme: Theme,
  order: LegendOrder = "names",
): Row[] {
  const { axis, crosshair: epoch } = view;
  const rows = legendRows(view, epoch !== undefined, formats, theme);
  const changes = epoch === undefined ? [] : changesAt(view, epoch).map((change) => changeNote(change, theme));
  const notes = [...changes, ...notesOf(view, formats, theme)];
  if (epoch !== undefined) {
    const [head, number] = [
      run(`${axis} ${formatX(epoch)}  `, { bold: true }),
      run(`${formatX(epoch)} `, { bold: true }),
    ];
    const short: Row[] = [
      [head, ...rows.values],
      [number, ...rows.tight],
      [number, ...rows.numbers],
      // The epoch stands below the plot, too.
      rows.numbers,
    ];
    if (width < NARROW) return short;
    const long = [rows.full, rows.short, rows.values].map((row): Row => [head, ...row]);
    // What was changed there is worth more than the curves' full names.
    const changed = changes.length > 0 ? long.map((row) => noted(row, changes)) : [];
    return [...withNotes([head, ...rows.full], notes).slice(0, -1), ...changed, ...long, ...short];
  }
  const missing = missingNote(view);
  const warned = missing === undefined ? [] : [[run(`${missing}  `, { color: COLORS.caution }), ...rows.bare]];
  const label = labelBeneath(view, theme);
  const labelled = label
    ? [rows.full, rows.short, rows.names, rows.shortNames, rows.bare].map((row) => noted(row, [label]))
    : [];
  const cut = labelBeneath(view, theme, Math.max(LEAST_LABEL, width - BESIDE_LABEL));
  const names = width < NARROW ? [rows.shortNames] : [rows.short, rows.names, rows.shortNames];
  const rest = order === "names" ? [...names, rows.bare] : [rows.values, rows.tight, rows.numbers];
  const full = width < NARROW ? [] : withNotes(rows.full, notes);
  // Without its name the other run's curves would be taken for the run's own.
  return [...full.slice(0, -1), ...warned, ...labelled, ...(cut ? [cut] : []), ...full.slice(-1), ...rest];
}

/** The ways to tell the curves apart: by names, by values, or both. */
function legendRows(
  { curves, group, crosshair }: ChartView,
  atCrosshair: boolean,
  formats: Formats,
  theme: Theme,
) {
  const reading = ({ cell, at }: ChartCurve): string => {
    const value = atCrosshair ? cell.values[at ?? -1] : cell.newest;
    return value == null && !atCrosshair ? "" : formatMetric(group.info, value, formats);
  };
  // A curve of another pace is read off at its own nearest point.
  const placed = (curve: ChartCurve): string => {
    const at = atCrosshair ? curve.cell.x[curve.at ?? -1] : undefined;
    return at === undefined || at === crosshair ? reading(curve) : `${reading(curve)} at ${formatX(at)}`;
  };
  const line = ({ look }: ChartCurve): string => splitLine(look, theme);
  const joined = (gap: string, entry: (curve: ChartCurve) => Row): Row =>
    curves.flatMap((curve, index) => (index > 0 ? [run(gap), ...entry(curve)] : entry(curve)));
  const lined = (words: (curve: ChartCurve) => string): Row =>
    joined("  ", (curve) => [run(line(curve), { color: curve.color }), run(` ${words(curve)}`.trimEnd())]);
  return {
    full: lined((curve) => `${curve.name} ${placed(curve)}`),
    short: lined((curve) => `${curve.shortName} ${placed(curve)}`),
    names: lined(({ name }) => name),
    shortNames: lined(({ shortName }) => shortName),
    values: lined(reading),
    tight: joined(" ", (curve) => [
      run(line(curve).charAt(0), { color: curve.color }),
      run(` ${reading(curve)}`),
    ]),
    numbers: joined(" ", (curve) => [run(reading(curve), { color: curve.color })]),
    bare: lined(() => ""),
  };
}

/** With all notes, without the last of them, and so on. */
function withNotes(row: Row, notes: readonly Row[]): Row[] {
  return Array.from({ length: notes.length + 1 }, (_, left) => noted(row, notes.slice(0, notes.length - left)));
}

function noted(row: Row, notes: readonly Row[]): Row {
  return [...row, ...notes.flatMap((note) => [run("  "), ...note])];
}

/** The most important first. */
function notesOf(view: ChartView, formats: Formats, theme: Theme): Row[] {
  const { group, choices } = view;
  const missing = missingNote(view);
  const remarks = [
    ...(everyOf(view.curves) > 1 ? [`every ${everyOf(view.curves)} ${view.axis}s`] : []),
    ...thinnedNotes(view.curves),
    ...(scaleOf(view) === "log" ? ["log axis"] : []),
    ...(choices.smoothing > 0 ? [`smoothed ${formatSetting(choices.smoothing)}`] : []),
  ];
  const { baseline } = group.info.display;
  const reference = `${plotSigns(theme.ascii).dotted.repeat(2)} ${baselineName(group)} ${formatMetric(group.info, baseline, formats)}`;
  const label = labelBeneath(view, theme);
  return [
    ...(missing === undefined ? [] : [[run(missing, { color: COLORS.caution })]]),
    ...(label === undefined ? [] : [label]),
    ...[...remarks, ...(baseline === undefined ? [] : [reference])].map((text) => [run(text, { dim: true })]),
  ];
}

/** The curves of the other run by name; `undefined` where there are none. */
function labelBeneath(
  { beneath, labelBeneath: label }: ChartView,
  { glyphs }: Theme,
  most = Number.POSITIVE_INFINITY,
): Row | undefined {
  if (beneath.length === 0 || label === undefined) return undefined;
  return [run(`${glyphs.trainLine} ${truncate(label, most, glyphs.ellipsis)}`, { dim: true })];
}

/** Where a curve has had more points than are kept; its extremes are among those. */
function thinnedNotes(curves: readonly ChartCurve[]): string[] {
  const most = curves.toSorted((one, other) => other.cell.total - one.cell.total)[0];
  if (most === undefined || most.cell.total <= most.cell.values.length) return [];
  return [
    `thinned: ${formatShortCount(most.cell.values.length)} of ${formatShortCount(most.cell.total)} points`,
  ];
}

/** What was changed nearer to this epoch than to any other. */
function changesAt({ changes, curves }: ChartView, epoch: number): Change[] {
  const first = curves.some(({ x }) => x[0] === epoch);
  return changes.filter(({ at }) => Math.round(at) === epoch || (first && at >= epoch - 1 && at < epoch));
}

function changeNote({ setting, from, to }: Change, { glyphs }: Theme): Row {
  const names = { learningRate: glyphs.eta, lambda: glyphs.lambda, batchSize: "batch", epochs: "epochs" };
  const text = (value: Change["from"]) => (typeof value === "number" ? formatSetting(value) : (value ?? "-"));
  return [run(`${names[setting]} ${text(from)} ${glyphs.arrow} ${text(to)}`, { bold: true })];
}

/** Epochs or steps from one value to the next, at least. */
function everyOf(curves: readonly ChartCurve[]): number {
  return Math.min(...curves.map(({ cell }) => extentOf(cell.values).every));
}

/** Which of the epochs that are shown have no value, and of which split if only one's are missing. */
export function missingNote({ curves, axis, group }: ChartView): string | undefined {
  if (everyOf(curves) > 1) return undefined;
  const counts = curves.map(({ values }) => extentOf(values).missing);
  const most = Math.max(0, ...counts);
  const worst = curves[counts.indexOf(most)];
  if (most === 0 || worst === undefined) return undefined;
  const where = counts.every((count) => count === most) ? "" : `${worst.name}: `;
  const start = extentOf(worst.values).firstMissing ?? 0;
  if (most === 1) return `${where}no value in ${axis} ${worst.x[start]}`;
  // The loss and the cost always have a value, if only one that is no number.
  const what = group.name === "loss" || group.name === "cost" ? "NaN" : "no value";
  const toTheEnd = start + most === worst.values.length;
  return toTheEnd ? `${where}${what} since ${axis} ${worst.x[start]}` : `${where}no value in ${most} ${axis}s`;
}
