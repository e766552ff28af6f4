// What commands make of the charts: their axis, smoothing, zoom and crosshair.

import type { ChartChoices } from "../chart/choices.ts";
import type { Overlay } from "../model/overlay.ts";
import type { DashboardState } from "../model/state.ts";
import type { ViewCommand } from "./commands.ts";
import { crosshairMoved, panned, runSpan, zoomed } from "./run-span.ts";
import { scrolled } from "./scroll.ts";
import type { TabName, View } from "./view.ts";

export type ChartCommand = Extract<
  ViewCommand,
  { readonly kind: "axis" | "smoothing" | "crosshair" | "zoom" | "across" | "edge" | "whole" }
>;

interface ChartContext {
  readonly state: DashboardState;
  readonly overlay: Overlay | undefined;
  readonly lastScroll: (view: View) => number;
}

const SCALES: readonly ChartChoices["scale"][] = ["auto", "log", "linear"];
/** Windows by which one is moved to the end: it has a millionth of the run at least. */
const FAR = 4e6;
const SMOOTHINGS = [0, 0.6, 0.9];

export function hasCharts(tab: TabName): boolean {
  return tab === "overview" || tab === "metrics";
}

/** In tabs without charts, sideways turns pages, and Home and End go to their first and last. */
export function chartsAfter(view: View, command: ChartCommand, context: ChartContext): View {
  const { lastScroll } = context;
  if (!hasCharts(view.tab)) {
    if (command.kind === "across") return scrolled(view, command.by, lastScroll(view));
    if (command.kind !== "edge") return view;
    return scrolled(view, command.edge === "first" ? -Infinity : Infinity, lastScroll(view));
  }
  const { charts } = view;
  const next = { ...charts, ...chosen(charts, command, context) };
  return { ...view, charts: next, notice: noticeOf(command, next) };
}

function chosen(charts: ChartChoices, command: ChartCommand, context: ChartContext): Partial<ChartChoices> {
  const span = runSpan(context);
  const { crosshair } = charts;
  switch (command.kind) {
    case "axis":
      return { scale: after(SCALES, charts.scale) };
    case "smoothing":
      return { smoothing: after(SMOOTHINGS, charts.smoothing) };
    case "crosshair":
      return crosshair === undefined ? crosshairMoved(charts, context, 0) : { crosshair: undefined };
    case "zoom":
      return zoomed(charts, span, command.by > 0 ? 0.5 : 2);
    case "across":
      return crosshair === undefined
        ? panned(charts, span, command.by)
        : crosshairMoved(charts, context, command.by);
    case "edge": {
      const way = command.edge === "first" ? -1 : 1;
      return crosshair === undefined
        ? panned(charts, span, way * FAR)
        : crosshairMoved(charts, context, way * Infinity);
    }
    case "whole":
      return { window: undefined, crosshair: undefined };
  }
}

function after<Choice>(choices: readonly Choice[], present: Choice): Choice {
  return choices[(choices.indexOf(present) + 1) % choices.length] ?? present;
}

function noticeOf(command: ChartCommand, { scale, smoothing }: ChartChoices): string | undefined {
  if (command.kind === "axis") return `axis: ${scale === "auto" ? "as each metric asks for" : scale}`;
  if (command.kind !== "smoothing") return undefined;
  return smoothing === 0 ? "no smoothing" : `smoothing ${smoothing}: the average weighs the past so much`;
}
