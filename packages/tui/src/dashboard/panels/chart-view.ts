// What a chart of one metric shows: of which epochs, which values, and what is marked in it.
import { clean } from "../../text/width.ts";
import { type EpochSpan, epochSpan, indexFrom, nearestIndex, shownSpan } from "../chart/epoch-span.ts";
import { extentOf } from "../chart/extent.ts";
import type { Values } from "../chart/scale.ts";
import { windowOf } from "../chart/window.ts";
import { type Change, changesOf } from "../model/changes.ts";
import { type MetricCell, type MetricGroup, metricCell } from "../model/metrics.ts";
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
}

/** What of the run the chart is to show. */
export function chartView({ state, view }: Pick<Scene, "state" | "view">, group: MetricGroup): ChartView {
  const { charts: choices } = view;
  const { epochs: all } = state.history;
  const span = shownSpan(choices, epochSpan({ state }));
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
  };
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
