// What a chart of one metric shows: of which epochs, which values, and what is marked in it.
import { clean, truncate } from "../../text/width.ts";
import { type EpochSpan, epochSpan, indexFrom, nearestIndex, shownSpan } from "../chart/epoch-span.ts";
import { extentOf } from "../chart/extent.ts";
import type { Values } from "../chart/scale.ts";
import { smooth } from "../chart/smooth.ts";
import { windowOf } from "../chart/window.ts";
import { type Change, changesOf } from "../model/changes.ts";
import { type MetricCell, type MetricGroup, metricCell } from "../model/metrics.ts";
import type { Overlay } from "../model/overlay.ts";
import type { Scene } from "../tabs/tab.ts";
import type { Color } from "../text/rows.ts";
import { COLORS } from "../theme.ts";
import type { ChartChoices } from "../view/view.ts";

/** One split's course of the metric. */
export interface ChartCurve {
  readonly split: "train" | "validation";
  readonly color: Color;
  readonly cell: MetricCell;
  /** Of the epochs that are shown. */
  readonly values: Values;
}

/** The same of the run that is drawn beneath. */
export interface CurveBeneath {
  readonly color: Color;
  readonly epochs: readonly number[];
  /** Smoothed as the run's own are. */
  readonly values: Values;
}

export interface ChartView {
  readonly group: MetricGroup;
  readonly choices: ChartChoices;
  readonly span: EpochSpan;
  /** Those that have ended and are shown. */
  readonly epochs: readonly number[];
  /** How many ended before those. */
  readonly before: number;
  readonly curves: readonly ChartCurve[];
  /** The one of the epochs whose values are read off, as an index. */
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
  const { epochs: all } = state.history;
  const span = shownSpan(choices, epochSpan({ state, overlay }));
  const [from, to] = [indexFrom(all, span.first), indexFrom(all, span.last + 1)];
  const epochs = windowOf(all, from, to);
  const inView =
    choices.crosshair !== undefined && choices.crosshair >= span.first && choices.crosshair <= span.last;
  return {
    group,
    choices,
    span,
    epochs,
    before: from,
    curves: (["train", "validation"] as const).flatMap((split) => {
      const cell = metricCell(state, group[split]);
      return cell ? [{ split, color: COLORS[split], cell, values: windowOf(cell.values, from, to) }] : [];
    }),
    crosshair: inView ? nearestIndex(epochs, choices.crosshair ?? 0) : undefined,
    changes: changesOf(state),
    beneath: overlay ? curvesBeneath(overlay, group, span, choices) : [],
    labelBeneath: overlay && truncate(clean(overlay.label), LONGEST_LABEL),
  };
}

const LONGEST_LABEL = 30;

function curvesBeneath(
  { history }: Overlay,
  group: MetricGroup,
  span: EpochSpan,
  { smoothing }: ChartChoices,
): readonly CurveBeneath[] {
  const [from, to] = [indexFrom(history.epochs, span.first), indexFrom(history.epochs, span.last + 1)];
  return (["train", "validation"] as const).flatMap((split) => {
    const values = history.series.get(group[split]?.tag ?? "");
    if (values === undefined) return [];
    const drawn = smoothing > 0 ? smooth(values, smoothing) : values;
    const epochs = windowOf(history.epochs, from, to);
    return [{ color: COLORS[split], epochs, values: windowOf(drawn, from, to) }];
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
  const title = clean(name);
  const bare = info.unit === null || info.unit === "fraction" || width < 64;
  const unit = bare ? "" : ` (${clean(info.unit ?? "")})`;
  return title.charAt(0).toUpperCase() + title.slice(1) + unit;
}
