// "Metrics": a chart of every metric, custom ones included, a page at a time, and their numbers where there is room; then
// what is no single number, such as matrices and curves.

import type { Split } from "@trainscope/core";
import { mayTellMore } from "@trainscope/core/source";
import { visible } from "@trainscope/core/text";
import { figuresOf, type MetricGroup } from "../model/metrics.ts";
import { resultsOf, type ShownResult } from "../model/results.ts";
import { chartPanel, warmingUpPanel } from "../panels/chart.ts";
import { isFramed, pageAt, pageText } from "../panels/headed.ts";
import { metricsRows } from "../panels/metrics.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import { resultName, resultPanel } from "../panels/result.ts";
import type { Scene } from "../panels/scene.ts";
import type { Rect } from "../text/layout.ts";
import { type Row, run, spread } from "../text/rows.ts";
import { COLORS, splitLine, type Theme } from "../text/theme.ts";
import { type ChartPages, chartPages, type Proportions } from "./chart-pages.ts";
import type { Tab } from "./tab.ts";

export const metricsTab: Tab = {
  name: "metrics",
  title: "Metrics",
  panels(scene, area) {
    const layout = layOut(scene, area);
    const page = pageAt(scene.view.scroll.metrics, layout.pages);
    const { charts } = layout;
    return page < charts.pages
      ? chartsPage(scene, layout, page)
      : resultsPage(scene, layout, page - charts.pages);
  },
  lastScroll: (scene, area) => layOut(scene, area).pages - 1,
  keys: [
    ["l", "axis"],
    ["m", "smooth"],
    ["i", "crosshair"],
    ["+", "zoom"],
  ],
};

const WAITING = ["Loss", "Accuracy"];

function chartsPage(scene: Scene, layout: MetricsLayout, page: number): readonly PanelSpec[] {
  const { rest, charted, framed, charts, pages, table, line } = layout;
  const start = page * charts.rects.length;
  const shown = charted.slice(start, start + charts.rects.length);
  const panels = charts.rects.flatMap((rect, index): PanelSpec[] => {
    const group = shown[index];
    if (group) return [chartPanel(scene, group, rect, framed, line ? "values" : "names")];
    const waiting = scene.state.run === undefined ? WAITING[index] : undefined;
    const waits = mayTellMore(scene.source, scene.state.phase === "ended");
    return waiting === undefined ? [] : [warmingUpPanel(waiting, rect, framed, waits)];
  });
  if (table) panels.push(tablePanel(scene, rest, table));
  const names = shown.map(({ name }) => visible(name));
  if (line) panels.push(pageLine({ page, pages, names }, lineLegend(shown, scene.theme), line, scene));
  return panels;
}

/** Matrices, curves and figures of classes, on pages after those of the charts. */
function resultsPage(scene: Scene, layout: MetricsLayout, page: number): readonly PanelSpec[] {
  const { results, framed, charts, wholes, pages, bottomLine } = layout;
  const start = page * wholes.rects.length;
  const shown = results.slice(start, start + wholes.rects.length);
  const panels = shown.flatMap((result, index) => {
    const rect = wholes.rects[index];
    return rect ? [resultPanel(scene, result, rect, framed)] : [];
  });
  const place = { page: charts.pages + page, pages, names: shown.map(resultName) };
  return [...panels, pageLine(place, [], bottomLine, scene)];
}

/** What the charts have at least where the table gets a place. */
const LEAST_CHARTS_HEIGHT = 22;

interface MetricsLayout {
  /** Without those that have a place among the results. */
  readonly rest: readonly MetricGroup[];
  readonly results: readonly ShownResult[];
  readonly charted: readonly MetricGroup[];
  readonly framed: boolean;
  readonly charts: ChartPages;
  /** Places for results. */
  readonly wholes: ChartPages;
  /** Of charts and results. */
  readonly pages: number;
  readonly table: Rect | undefined;
  /** Says which page of how many, and which line is which: above each chart the values take that place. */
  readonly line: Rect | undefined;
  /** The same below results. */
  readonly bottomLine: Rect;
}

/** A matrix of ten classes, or as high as wide a plot. */
const RESULT: Proportions = { framed: [58, 16], bare: [50, 12], calm: 2.4 };

function layOut({ state }: Scene, area: Rect): MetricsLayout {
  const { charted } = figuresOf(state);
  const { results, rest } = resultsOf(state);
  const framed = isFramed(area);
  const wanted = Math.max(state.run === undefined ? WAITING.length : 1, charted.length);
  // Frame, header, a row each.
  const tableHeight = rest.length + 3;
  const hasTable = rest.length > 0 && framed && area.height - tableHeight >= LEAST_CHARTS_HEIGHT;
  const below = (upper: Rect): Rect => ({
    ...area,
    top: upper.top + upper.height,
    height: bottom - upper.top - upper.height,
  });
  const bottom = area.top + area.height;
  const upper = { ...area, height: area.height - (hasTable ? tableHeight : 0) };
  const above = { ...upper, height: upper.height - 1 };
  const [free, lined] = [chartPages(upper, wanted, framed), chartPages(above, wanted, framed)];
  const table = hasTable ? below(upper) : undefined;
  // One page needs no line, unless it is of no cost.
  const hasLine =
    results.length > 0 || free.pages > 1 || (framed && !hasTable && rest.length > 0 && lined.pages === 1);
  const line = hasLine ? { ...below(above), height: 1 } : undefined;
  const wholes = chartPages({ ...area, height: area.height - 1 }, results.length, framed, RESULT);
  const charts = hasLine ? lined : free;
  const pages = charts.pages + (results.length > 0 ? wholes.pages : 0);
  const bottomLine = { ...area, top: bottom - 1, height: 1 };
  return { rest, results, charted, framed, charts, wholes, pages, table, line, bottomLine };
}

function tablePanel(
  { state, clock, formats, theme }: Scene,
  groups: readonly MetricGroup[],
  rect: Rect,
): PanelSpec {
  return {
    name: "Numbers",
    rect,
    framed: true,
    heading: () => ({ title: "Numbers" }),
    draw: (width, height) => metricsRows(state, clock, formats, width, height, theme, groups),
    depends: [state.run, state.recorded, state.newest, rect.width, rect.height, formats, theme],
  };
}

/** Each split that is drawn, and as which. */
function looksOf(groups: readonly MetricGroup[]): readonly (readonly [Split, Split])[] {
  const tested = groups.find(({ test }) => test !== undefined);
  if (tested === undefined) return BOTH;
  const test = ["test", tested.testLook] as const;
  return tested.testLook === "test" ? [...BOTH, test] : [BOTH[0], test];
}

const BOTH = [
  ["train", "train"],
  ["validation", "validation"],
] as const;

function lineLegend(shown: readonly MetricGroup[], theme: Theme): Row {
  return [
    run(" "),
    ...looksOf(shown).flatMap(
      ([split, look]): Row => [
        run(" "),
        run(splitLine(look, theme), { color: COLORS[look] }),
        run(` ${split} `),
      ],
    ),
  ];
}

interface PagePlace {
  readonly page: number;
  readonly pages: number;
  /** Of what is here. */
  readonly names: readonly string[];
}

/** Where one is and what is here; at the right, which line is which. */
function pageLine({ page, pages, names }: PagePlace, legend: Row, rect: Rect, { theme }: Scene): PanelSpec {
  const { glyphs } = theme;
  const text = [pageText(page, pages), names.join(", ")]
    .filter((part) => part !== undefined)
    .join(` ${glyphs.dash} `);
  return {
    name: "Page",
    rect,
    draw: (width) => [spread([run(` ${text}`, { dim: true })], legend, width, glyphs.ellipsis)],
    depends: [text, rect.width, theme],
  };
}
