// Where the overview's panels lie in its area.
import type { Rect } from "../text/layout.ts";

export interface OverviewLayout {
  /** Panels have a frame around them. */
  readonly framed: boolean;
  /** As many as there is room for, at least one. */
  readonly charts: readonly Rect[];
  readonly metrics: Rect;
  /** One line, or a panel where there is room. */
  readonly settings: Rect;
  readonly log: Rect;
}

/** How much there is to show. */
export interface OverviewContent {
  readonly charts: number;
  readonly metrics: number;
  readonly settings: number;
}

/** Panels fill the area, and never overlap. */
export function overviewLayout(area: Rect, content: OverviewContent): OverviewLayout {
  const framed = area.width >= 72 && area.height >= 19;
  const lower = framed && area.width >= 110 ? wideLower(area, content) : narrowLower(area, framed, content);
  const chartArea = { ...area, height: area.height - lower.height };
  return { framed, charts: chartGrid(chartArea, content.charts, framed), ...lower.panels };
}

interface Lower {
  readonly height: number;
  readonly panels: Pick<OverviewLayout, "metrics" | "settings" | "log">;
}

/** One below the other: metrics, the settings' line, the log. */
function narrowLower(body: Rect, framed: boolean, content: OverviewContent): Lower {
  const edge = framed ? 2 : 0;
  const leastChart = framed ? 9 : 6;
  const log = body.height >= 23 ? Math.min(12, Math.round(body.height * 0.2)) : body.height >= 17 ? 2 : 1;
  const metrics = Math.min(1 + Math.max(2, content.metrics) + edge, body.height - 1 - log - leastChart);
  const height = metrics + 1 + log;
  const top = body.top + body.height - height;
  const line = { left: body.left, width: body.width };
  return {
    height,
    panels: {
      metrics: { ...line, top, height: metrics },
      settings: { ...line, top: top + metrics, height: 1 },
      log: { ...line, top: top + metrics + 1, height: log },
    },
  };
}

/** Side by side: metrics and settings, with the log as a third column or below. */
function wideLower(body: Rect, content: OverviewContent): Lower {
  const beside = body.width >= 160;
  const log = beside ? 0 : body.height >= 23 ? clamp(Math.round(body.height * 0.18), 4, 10) : 2;
  const wish = Math.max(1 + content.metrics + 2, beside || body.height >= 27 ? content.settings + 2 : 8);
  const least = Math.min(wish, 8);
  const panel = clamp(wish, least, Math.max(least, Math.floor(body.height * 0.42) - log));
  const top = body.top + body.height - panel - log;
  // The longest setting, what computes, takes 50 columns; the table beside it needs 88 for its trends.
  const settingsWidth = clamp(body.width - 88, 40, 50);
  const metricsWidth = beside ? Math.round((body.width - settingsWidth) * 0.62) : body.width - settingsWidth;
  const logLeft = metricsWidth + settingsWidth;
  return {
    height: panel + log,
    panels: {
      metrics: { left: body.left, top, width: metricsWidth, height: panel },
      settings: { left: body.left + metricsWidth, top, width: settingsWidth, height: panel },
      log: beside
        ? { left: body.left + logLeft, top, width: body.width - logLeft, height: panel }
        : { left: body.left, top: top + panel, width: body.width, height: log },
    },
  };
}

/** Charts in rows of equal height; of all ways to arrange them the one with the calmest proportions. */
function chartGrid(area: Rect, wanted: number, framed: boolean): Rect[] {
  const leastWidth = framed ? 36 : 28;
  const leastHeight = framed ? 9 : 6;
  const mostPerRow = Math.max(1, Math.floor(area.width / leastWidth));
  const mostRows = Math.max(1, Math.floor(area.height / leastHeight));
  const count = Math.max(1, Math.min(chartCount(area, wanted), mostPerRow * mostRows));
  let best = { perRow: 1, badness: Number.POSITIVE_INFINITY };
  for (let perRow = 1; perRow <= Math.min(count, mostPerRow); perRow++) {
    const rows = Math.ceil(count / perRow);
    if (rows > mostRows) continue;
    const proportion = area.width / perRow / (area.height / rows);
    const badness = Math.abs(Math.log(proportion / 3)) + (count % perRow === 0 ? 0 : 0.6);
    if (badness < best.badness) best = { perRow, badness };
  }
  const rows = Math.ceil(count / best.perRow);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / best.perRow);
    const inRow = Math.min(best.perRow, count - row * best.perRow);
    const [left, width] = share(area.width, inRow, index - row * best.perRow);
    const [top, height] = share(area.height, rows, row);
    return { left: area.left + left, top: area.top + top, width, height };
  });
}

/** Two, and more where a full grid of them leaves each chart a comfortable size. */
function chartCount(area: Rect, wanted: number): number {
  for (let count = wanted; count > 2; count--) {
    for (let rows = 1; rows <= count / 2; rows++) {
      const perRow = count / rows;
      if (count % rows === 0 && area.width / perRow >= 48 && area.height / rows >= 10) return count;
    }
  }
  return Math.min(2, wanted);
}

/** Start and length of one of `parts` nearly equal parts. */
function share(length: number, parts: number, index: number): [number, number] {
  const start = Math.round((length * index) / parts);
  return [start, Math.round((length * (index + 1)) / parts) - start];
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
