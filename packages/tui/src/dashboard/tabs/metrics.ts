// "Metrics": a chart of every metric, custom ones included, a page at a time, and their numbers where there is room.

import type { Split } from "@trainscope/core";
import { visible } from "@trainscope/core/text";
import type { Rect } from "../layout.ts";
import { figuresOf, type MetricGroup } from "../model/metrics.ts";
import { chartPanel, warmingUpPanel } from "../panels/chart.ts";
import { isFramed, pageAt, pageText } from "../panels/headed.ts";
import { metricsRows } from "../panels/metrics.ts";
import { mayTellMore } from "../source.ts";
import { type Row, run, spread } from "../text/rows.ts";
import { COLORS, splitLine } from "../theme.ts";
import { type ChartPages, chartPages } from "./chart-pages.ts";
import type { PanelSpec, Scene, Tab } from "./tab.ts";

export const metricsTab: Tab = {
  name: "metrics",
  title: "Metrics",
  panels(scene, area) {
    const layout = layOut(scene, area);
    const { groups, charted, framed, charts, table, line } = layout;
    const page = pageAt(scene.view.scroll.metrics, charts.pages);
    const start = page * charts.rects.length;
    const shown = charted.slice(start, start + charts.rects.length);
    const panels = charts.rects.flatMap((rect, index): PanelSpec[] => {
      const group = shown[index];
      if (group) return [chartPanel(scene, group, rect, framed, line ? "values" : "names")];
      const waiting = scene.state.run === undefined ? WAITING[index] : undefined;
      const waits = mayTellMore(scene.source, scene.state.phase === "ended");
      return waiting === undefined ? [] : [warmingUpPanel(waiting, rect, framed, waits)];
    });
    if (table) panels.push(tablePanel(scene, groups, table));
    if (line) panels.push(pageLine(page, charts.pages, shown, line, scene));
    return panels;
  },
  lastScroll: (scene, area) => layOut(scene, area).charts.pages - 1,
  keys: [
    ["l", "axis"],
    ["m", "smooth"],
    ["i", "crosshair"],
    ["+", "zoom"],
  ],
};

const WAITING = ["Loss", "Accuracy"];

/** What the charts have at least where the table gets a place. */
const LEAST_CHARTS_HEIGHT = 22;

interface MetricsLayout {
  readonly groups: readonly MetricGroup[];
  readonly charted: readonly MetricGroup[];
  readonly framed: boolean;
  readonly charts: ChartPages;
  readonly table: Rect | undefined;
  /** Says which page of how many, and which line is which: above each chart the values take that place. */
  readonly line: Rect | undefined;
}

function layOut({ state }: Scene, area: Rect): MetricsLayout {
  const { listed: groups, charted } = figuresOf(state);
  const framed = isFramed(area);
  const wanted = Math.max(state.run === undefined ? WAITING.length : 1, charted.length);
  // Frame, header, a row each.
  const tableHeight = groups.length + 3;
  const hasTable = groups.length > 0 && framed && area.height - tableHeight >= LEAST_CHARTS_HEIGHT;
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
  const hasLine = free.pages > 1 || (framed && !hasTable && groups.length > 0 && lined.pages === 1);
  const line = hasLine ? { ...below(above), height: 1 } : undefined;
  return { groups, charted, framed, charts: hasLine ? lined : free, table, line };
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

/** Where one is and what is here; at the right, which line is which. */
function pageLine(
  page: number,
  pages: number,
  shown: readonly MetricGroup[],
  rect: Rect,
  { theme }: Scene,
): PanelSpec {
  const { glyphs } = theme;
  const names = shown.map(({ name }) => visible(name)).join(", ");
  const text = [pageText(page, pages), names].filter((part) => part !== undefined).join(` ${glyphs.dash} `);
  const legend: Row = [
    run(" "),
    ...looksOf(shown).flatMap(
      ([split, look]): Row => [
        run(" "),
        run(splitLine(look, theme), { color: COLORS[look] }),
        run(` ${split} `),
      ],
    ),
  ];
  return {
    name: "Page",
    rect,
    draw: (width) => [spread([run(` ${text}`, { dim: true })], legend, width, glyphs.ellipsis)],
    depends: [text, rect.width, theme],
  };
}
