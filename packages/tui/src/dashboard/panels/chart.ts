// A chart of one metric: train and validation in one plot, and a legend with their newest values.

import { type Formats, formatMetric } from "../../text/format-metric.ts";
import { clean } from "../../text/width.ts";
import { type PlotSeries, plot } from "../chart/plot.ts";
import type { MetricCell, MetricGroup } from "../model/metrics.ts";
import { type Color, centred, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme, validationLine } from "../theme.ts";

/** Charts side by side on a small terminal, whose legends should read alike. */
const NARROW = 36;

export interface ChartView {
  readonly group: MetricGroup;
  readonly epochs: readonly number[];
  /** Planned. */
  readonly totalEpochs: number;
  readonly train: MetricCell | undefined;
  readonly validation: MetricCell | undefined;
}

/** The plot, or what it waits for. */
export function chartRows(view: ChartView, width: number, height: number, theme: Theme): Row[] {
  const { group, epochs } = view;
  if (epochs.length === 0) return centred("waiting for the first epoch to end", width, height);
  const { display, unit } = group.info;
  const series: PlotSeries[] = [];
  if (view.train) series.push({ values: view.train.values, color: COLORS.train, mark: "*" });
  if (view.validation) {
    series.push({ values: view.validation.values, color: COLORS.validation, mark: "o", dashed: !theme.color });
  }
  return plot(series, width, height, {
    epochs,
    lastEpoch: rightEdge(epochs, view.totalEpochs, width),
    kind: display.scale,
    range: display.range,
    baseline: display.baseline,
    // In a low chart the curves need the room.
    leastShare: height < 14 ? 0.6 : 1 / 3,
    percent: unit === "fraction",
    ascii: theme.ascii,
  });
}

/**
 * The epoch at the right edge: the last that is planned, so that the curve grows into the free room. In a run
 * of many more epochs than there are columns the axis is shorter at first, and doubles each time it is full.
 */
export function rightEdge(epochs: readonly number[], total: number, width: number): number {
  const newest = epochs.at(-1) ?? 1;
  const least = Math.max(newest, width * 2);
  let edge = total;
  while (edge / 2 >= least) edge = Math.ceil(edge / 2);
  return Math.max(newest, edge);
}

/** The metric's name as a title, with its unit where the chart is wide enough: `Loss (nats)`. */
export function chartTitle({ info, name }: MetricGroup, width: number): string {
  const title = clean(name);
  const bare = info.unit === null || info.unit === "fraction" || width < 64;
  const unit = bare ? "" : ` (${clean(info.unit ?? "")})`;
  return title.charAt(0).toUpperCase() + title.slice(1) + unit;
}

/** Legends from long to short: with newest values and the baseline, with values, with names, with lines alone. */
export function chartLegends(view: ChartView, width: number, formats: Formats, theme: Theme): Row[] {
  const { info } = view.group;
  const { glyphs } = theme;
  const parts = [
    { cell: view.train, name: "train", line: glyphs.trainLine, color: COLORS.train },
    { cell: view.validation, name: "validation", line: validationLine(theme), color: COLORS.validation },
  ].filter(({ cell }) => cell !== undefined);
  const legend = (text: (name: string, value: string) => string): Row =>
    parts.flatMap(({ cell, name, line, color }, index) => {
      const value = cell?.newest == null ? "" : ` ${formatMetric(info, cell.newest, formats)}`;
      return entry(line, text(name, value), color, index);
    });
  const named = legend((name, value) => ` ${name}${value}`);
  const { baseline } = info.display;
  const reference = `  ${glyphs.barEmpty}${glyphs.barEmpty} baseline ${formatMetric(info, baseline, formats)}`;
  const full = baseline === undefined ? [] : [[...named, run(reference, { dim: true })]];
  const short = legend((name) => ` ${name.slice(0, 5).replace("valid", "val")}`);
  if (width < NARROW) return [short, legend(() => "")];
  return [...full, named, legend((name) => ` ${name}`), short, legend(() => "")];
}

function entry(line: string, text: string, color: Color, index: number): Row {
  return [run(`${index > 0 ? "  " : ""}${line}`, { color }), run(text)];
}
