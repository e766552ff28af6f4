// The table of numbers: each metric's newest and best value on both splits, custom metrics among them.

import type { Split } from "@trainscope/core";
import type { Axis, MetricInfo } from "@trainscope/core/events";
import { SPLITS } from "@trainscope/core/events";
import { axisOf } from "@trainscope/core/history";
import { visible } from "@trainscope/core/text";
import { formatShortCount, formatX } from "../../text/format.ts";
import { type Formats, formatMetric, isPercent } from "../../text/format-metric.ts";
import { displayWidth, truncate } from "../../text/width.ts";
import { sparkline } from "../chart/sparkline.ts";
import { figuresOf, type MetricCell, type MetricGroup, metricCell } from "../model/metrics.ts";
import type { DashboardState } from "../model/state.ts";
import { alignLeft, alignRight, type Color, type Row, type Run, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";

interface Columns {
  readonly axis: Axis;
  /** Those that any of the metrics has; training and validation always. */
  readonly splits: readonly Split[];
  readonly name: number;
  readonly newest: number;
  readonly best: number;
  /** Where the best is; 0 where there is no room for it. */
  readonly epoch: number;
  /** 0 where there is no room for the course of the newest values. */
  readonly trend: number;
  readonly units: boolean;
}

const NAME = 10;
const WIDEST_NAME = 32;
const PAGE_MS = 4000;

/** A header and a row for each metric; where rows run out, one page after the other. */
export function metricsRows(
  state: DashboardState,
  clock: number | undefined,
  formats: Formats,
  width: number,
  height: number,
  theme: Theme,
  groups: readonly MetricGroup[] = figuresOf(state).listed,
): Row[] {
  const time = (clock ?? 0) - (state.startedAt ?? 0);
  const [shown, page] = pageOf(groups, Math.max(1, height - 1), time);
  const longest = Math.max(0, ...groups.map(({ info }) => labelOf(info, true).length));
  const columns = { ...columnsFor(width, longest, splitsOf(groups)), axis: axisOf(state.run) };
  const rows: Row[] = [headerRow(columns, page)];
  for (const { info, ...group } of shown) {
    const cells = columns.splits.map((split) => metricCell(state, group[split]));
    const trend = TREND_SPLITS.find((split) => group[split] !== undefined) ?? "train";
    rows.push([
      run(alignLeft(labelOf(info, columns.units), columns.name, theme.glyphs.ellipsis)),
      ...cells.flatMap((cell) => splitRuns(info, cell, columns, formats, theme)),
      ...trendRuns(metricCell(state, group[trend]), colorIn(columns.splits, trend), columns.trend, theme),
    ]);
  }
  return rows;
}

/** Whose course is shown, where there is more than one. */
const TREND_SPLITS = ["validation", "test", "train"] as const;

/** Where test figures stand in for those of validation, they have their columns. */
function splitsOf(groups: readonly MetricGroup[]): readonly Split[] {
  const hasFigures = (split: Split): boolean => groups.some((group) => group[split] !== undefined);
  if (!hasFigures("test")) return ["train", "validation"];
  return hasFigures("validation") ? SPLITS : ["train", "test"];
}

/** Alone beside training, test figures look like those of validation. */
function colorIn(splits: readonly Split[], split: Split): Color {
  return COLORS[split === "test" && !splits.includes("validation") ? "validation" : split];
}

/** The groups of the page that is due, and which page of how many that is. */
function pageOf(
  groups: readonly MetricGroup[],
  room: number,
  time: number,
): readonly [readonly MetricGroup[], string] {
  const pages = Math.ceil(groups.length / room);
  if (pages <= 1) return [groups, ""];
  const page = Math.floor(Math.max(0, time) / PAGE_MS) % pages;
  // The last page is filled up from the one before.
  const start = Math.min(page * room, groups.length - room);
  return [groups.slice(start, start + room), `${page + 1}/${pages}`];
}

function labelOf({ name, unit }: MetricInfo, units: boolean): string {
  return visible(unit === null || isPercent(unit) || !units ? name : `${name} (${unit})`);
}

/** Wider values first, then longer names, then trends, as the width grows. */
function columnsFor(width: number, longestName: number, splits: readonly Split[]): Omit<Columns, "axis"> {
  const units = width >= (splits.length > 2 ? 104 : 72);
  const [newest, best, epoch] = units ? [13, 10, 7] : splits.length > 2 ? [12, 9, 0] : [10, 8, 5];
  const values = splits.length * (newest + best + epoch);
  const shortest = Math.max(NAME, Math.min(24, longestName, width - values));
  const free = width - shortest - values;
  const trend = free >= 12 ? Math.min(40, free) : 0;
  return {
    splits,
    name: Math.min(WIDEST_NAME, Math.max(NAME, width - values - trend)),
    newest,
    best,
    epoch,
    trend,
    units,
  };
}

function headerRow({ axis, splits, name, newest, best, epoch, trend, units }: Columns, page: string): Row {
  const split = (label: string, color: Color): Row => [
    run(alignRight(label, newest), { color }),
    run(alignRight("best", best) + alignRight(units ? axis : "at", epoch), { dim: true }),
  ];
  return [
    run(alignLeft(page, name), { dim: true }),
    ...splits.flatMap((one) => split(one === "validation" && !units ? "val" : one, colorIn(splits, one))),
    run(trend > 0 ? alignRight("trend", trend) : "", { dim: true }),
  ];
}

function splitRuns(
  info: MetricInfo,
  cell: MetricCell | undefined,
  { newest, best, epoch }: Columns,
  formats: Formats,
  theme: Theme,
): Run[] {
  const { glyphs } = theme;
  if (cell === undefined) return [run(" ".repeat(newest + best + epoch))];
  const [sign, signColor] = change(info, cell, theme);
  const room = newest - 3;
  const value = truncate(formatMetric(info, cell.newest, formats), room, glyphs.ellipsis);
  const pad = " ".repeat(room - displayWidth(value));
  const bestX = cell.best ? formatX(cell.best.x) : "";
  const shortX = bestX.length < epoch ? bestX : formatShortCount(Number(bestX));
  return [
    run(`${pad} ${sign} `, { color: signColor }),
    run(value, { bold: true, color: sign === glyphs.star ? COLORS.good : undefined }),
    run(alignRight(formatMetric(info, cell.best?.value, formats), best, glyphs.ellipsis)),
    run(alignRight(shortX, epoch, glyphs.ellipsis), { dim: true }),
  ];
}

function trendRuns(cell: MetricCell | undefined, color: Color, width: number, { glyphs }: Theme): Run[] {
  if (width === 0 || cell === undefined) return [];
  return [run(`   ${sparkline(cell.values, width - 3, glyphs.sparks)}`, { color })];
}

/** A star where the newest is the best there was, else the way it went, coloured by whether that is good; without colour worse has its own sign. */
function change(
  { direction }: MetricInfo,
  { newest, previous, best }: MetricCell,
  { color, glyphs: { star, up, down, worse } }: Theme,
): readonly [string, Color | undefined] {
  if (newest === null) return [" ", undefined];
  if (best !== undefined && previous !== null && newest === best.value && newest !== previous) {
    return [star, COLORS.good];
  }
  if (previous === null || newest === previous) return [" ", undefined];
  const sign = newest > previous ? up : down;
  if (direction === "none") return [sign, undefined];
  if (newest > previous === (direction === "max")) return [sign, COLORS.good];
  return [color ? sign : worse, COLORS.caution];
}
