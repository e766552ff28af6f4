// What a chart of one metric shows: of which part of the run, which values, and what is marked in it.

import type { Split } from "@trainscope/core";
import type { Axis, MetricInfo } from "@trainscope/core/events";
import { SPLITS } from "@trainscope/core/events";
import { axisOf, firstX, indexFrom, newestX } from "@trainscope/core/history";
import { visible } from "@trainscope/core/text";
import { truncate } from "../../text/width.ts";
import type { ChartChoices } from "../chart/choices.ts";
import { extentOf } from "../chart/extent.ts";
import { smooth } from "../chart/smooth.ts";
import type { Values } from "../chart/values.ts";
import { windowOf } from "../chart/window.ts";
import { type Change, changesOf } from "../model/changes.ts";
import { type MetricCell, type MetricGroup, metricCell } from "../model/metrics.ts";
import type { Overlay } from "../model/overlay.ts";
import type { Color } from "../text/rows.ts";
import { COLORS } from "../text/theme.ts";
import { indexAfter, nearestIndex, runSpan, type Span, shownSpan } from "../view/run-span.ts";
import type { Scene } from "./scene.ts";

/** One split's course of the metric, at its own pace. */
export interface ChartCurve {
  /** The split, or which of several learning rates it is. */
  readonly name: string;
  readonly shortName: string;
  /** As which it is drawn. */
  readonly look: Split;
  readonly color: Color;
  readonly cell: MetricCell;
  /** Of what is shown, and the points next to it; the values over the x. */
  readonly x: readonly number[];
  readonly values: Values;
  /** How many come before those. */
  readonly before: number;
  /** The point that is read off, the nearest to the crosshair, as an index of all its points. */
  readonly at: number | undefined;
}

/** The same of the run that is drawn beneath. */
export interface CurveBeneath {
  readonly color: Color;
  readonly x: readonly number[];
  /** Smoothed as the run's own are. */
  readonly values: Values;
}

export interface ChartView {
  readonly group: MetricGroup;
  readonly choices: ChartChoices;
  readonly axis: Axis;
  readonly span: Span;
  /** Whether the run has told anything there. */
  readonly hasPoints: boolean;
  readonly curves: readonly ChartCurve[];
  /** The epoch or step whose values are read off. */
  readonly crosshair: number | undefined;
  readonly changes: readonly Change[];
  /** None where no other run is drawn beneath, or it doesn't know the metric. */
  readonly beneath: readonly CurveBeneath[];
  /** What that run is called. */
  readonly labelBeneath: string | undefined;
}

/** What of the run the chart is to show. */
export function chartView(
  { state, view, overlay }: Pick<Scene, "state" | "view" | "overlay">,
  group: MetricGroup,
): ChartView {
  const { charts: choices } = view;
  const { history, run } = state;
  const span = shownSpan(choices, runSpan({ state, overlay }));
  const [first, newest] = [firstX(history), newestX(history)];
  const hasPoints = first !== undefined && newest !== undefined && first <= span.last && newest >= span.first;
  const { crosshair: asked } = choices;
  const inView = asked !== undefined && asked >= span.first && asked <= span.last;
  const crosshair = inView && hasPoints ? Math.min(Math.max(asked, first), newest) : undefined;
  return {
    group,
    choices,
    axis: axisOf(run),
    span,
    hasPoints,
    curves: curveSourcesOf(group).flatMap((source) => {
      const cell = metricCell(state, source.info);
      return cell === undefined ? [] : [curveOf(source, cell, span, crosshair)];
    }),
    crosshair,
    changes: changesOf(state),
    beneath: overlay ? curvesBeneath(overlay, group, span, choices) : [],
    labelBeneath: overlay && truncate(visible(overlay.label), LONGEST_LABEL),
  };
}

const LONGEST_LABEL = 30;

interface CurveSource extends Pick<ChartCurve, "name" | "shortName" | "look"> {
  readonly info: MetricInfo | undefined;
}

const SHORT = { train: "train", validation: "val", test: "test" } as const;

/** What the chart has a curve of: the splits, or learning rates by what tells them apart. */
function curveSourcesOf(group: MetricGroup): readonly CurveSource[] {
  const { rates, testLook } = group;
  if (rates === undefined) {
    return SPLITS.map((split) => ({
      name: split,
      shortName: SHORT[split],
      info: group[split],
      look: split === "test" ? testLook : split,
    }));
  }
  return rates.map((info, index) => {
    const name = visible(info.name.replace(/^learning_rate[/_-]?(?=.)/, ""));
    return { name, shortName: name, info, look: SPLITS[index % SPLITS.length] ?? "train" };
  });
}

function curveOf(
  { name, shortName, look }: CurveSource,
  cell: MetricCell,
  span: Span,
  crosshair: number | undefined,
): ChartCurve {
  const [from, to] = windowIn(cell.x, span);
  const x = windowOf(cell.x, from, to);
  const at = crosshair === undefined ? undefined : nearestIndex(cell.x, crosshair);
  const values = windowOf(cell.values, from, to);
  return { name, shortName, look, color: COLORS[look], cell, x, values, before: from, at };
}

/** With a point beyond each edge that isn't on a point itself, so that the line between two sparse ones is seen. */
function windowIn(x: readonly number[], { first, last }: Span): readonly [from: number, to: number] {
  const [from, to] = [indexFrom(x, first), indexAfter(x, last)];
  return [
    x[from] === first ? from : Math.max(0, from - 1),
    x[to - 1] === last ? to : Math.min(x.length, to + 1),
  ];
}

function curvesBeneath(
  { history }: Overlay,
  group: MetricGroup,
  span: Span,
  { smoothing }: ChartChoices,
): readonly CurveBeneath[] {
  return curveSourcesOf(group).flatMap(({ info, look }) => {
    const series = history.series.get(info?.tag ?? "");
    if (series === undefined) return [];
    const { x, values } = series;
    const [from, to] = windowIn(x, span);
    const drawn = smoothing > 0 ? smooth(values, smoothing) : values;
    const color = COLORS[look];
    return [{ color, x: windowOf(x, from, to), values: windowOf(drawn, from, to) }];
  });
}

/** As chosen, or else as the metric asks for; without a value above 0 there is nothing to show on a log axis. */
export function scaleOf({ group, choices, curves }: ChartView): "linear" | "log" {
  const wanted = choices.scale === "auto" ? (group.info.display.scale ?? "linear") : choices.scale;
  const positive = curves.some(({ values }) => extentOf(values).high > 0);
  return wanted === "log" && positive ? "log" : "linear";
}

/** What a line to compare with is called: the built-in metrics' is what guessing comes to. */
export function baselineName({ name }: MetricGroup): string {
  return name === "loss" || name === "accuracy" ? "chance" : "baseline";
}

/** The metric's name as a title, with its unit where the chart is wide enough: `Loss (nats)`. */
export function chartTitle({ info, name }: MetricGroup, width: number): string {
  const title = visible(name);
  const bare = info.unit === null || info.unit === "fraction" || width < 64;
  const unit = bare ? "" : ` (${visible(info.unit ?? "")})`;
  return title.charAt(0).toUpperCase() + title.slice(1) + unit;
}
