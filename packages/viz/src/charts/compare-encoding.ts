// How the chart of compared runs puts values to places, colours and dashes.
import type { MetricInfo, Axis as RunAxis } from "@trainscope/core/events";
import { type Axis, axisOver, runAxis } from "./axis.ts";
import { axisTitle, scaleOf, tickMarks, titleOfAxis } from "./axis-encoding.ts";
import type { FigureOptions, PanelSize } from "./figure.ts";
import type { Series } from "./points.ts";
import type { Quantity } from "./quantity.ts";
import { textWidth } from "./text-width.ts";

/** What `compareSpecification` takes. */
export interface CompareOptions extends FigureOptions {
  readonly metric: MetricInfo;
  /** As the metric asks for, or its values do, where it isn't given. */
  readonly scale?: "linear" | "log" | undefined;
  /** What `at` counts: epochs, steps, a unit of the time that training took, or what the title says. */
  readonly along: RunAxis | { readonly unit: string } | { readonly title: string };
  /** Where all runs have the same. */
  readonly dataName?: string | undefined;
  /** The settings of the runs that are told nothing else of. */
  readonly otherwise?: string | undefined;
}

export const SIZE: PanelSize = { width: 620, height: 340 };

export type CompareEncoding = ReturnType<typeof encodingOf>;

export function encodingOf(
  named: readonly Series[],
  axis: Axis,
  yAxis: Axis,
  { along, size = SIZE }: CompareOptions,
  quantity: Quantity,
) {
  const domain = named.map(({ name }) => name);
  const legend = legendOf(domain, size.width);
  const title = titleAlong(along);
  return {
    axis,
    x: {
      field: "epoch",
      type: "quantitative" as const,
      scale: { domain: [...axis.domain], nice: false, zero: false },
      axis: { title, ...tickMarks(axis) },
    },
    y: {
      field: "value",
      type: "quantitative" as const,
      scale: scaleOf(yAxis),
      axis: { title: axisTitle(quantity, yAxis), ...tickMarks(yAxis) },
    },
    color: {
      field: "series",
      type: "nominal" as const,
      scale: { domain, range: named.map(({ style }) => style.colour) },
      legend,
    },
    strokeDash: {
      field: "series",
      type: "nominal" as const,
      scale: { domain, range: named.map(({ style }) => [...style.dash]) },
      legend,
    },
  };
}

/** Below the plot, where many long entries are not in its way. */
function legendOf(names: readonly string[], width: number) {
  const longest = Math.max(...names.map((name) => textWidth(name, 12.5)));
  return {
    symbolType: "stroke" as const,
    orient: "bottom" as const,
    direction: "horizontal" as const,
    columns: Math.max(1, Math.min(4, Math.floor((width + 60) / (longest + 60)))),
    labelLimit: 0,
    offset: 6,
  };
}

export function alongAxis(
  series: readonly Series[],
  along: CompareOptions["along"],
  { width }: PanelSize,
): Axis {
  const ends = series.flatMap(({ points }) => [points[0]?.epoch ?? 0, points.at(-1)?.epoch ?? 0]);
  const most = Math.floor(width / 55);
  const last = ends.reduce((greatest, end) => Math.max(greatest, end), 0);
  if (isTime(along)) return axisOver([0, last > 0 ? last : 1], "linear", most);
  return runAxis([ends.reduce((least, end) => Math.min(least, end), last), last], most);
}

function isTime(along: CompareOptions["along"]): along is { readonly unit: string } {
  return typeof along !== "string" && "unit" in along;
}

function titleAlong(along: CompareOptions["along"]): string {
  if (typeof along === "string") return titleOfAxis(along);
  return isTime(along) ? `Time of training and evaluation (${along.unit})` : along.title;
}
