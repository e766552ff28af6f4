// Charts that answer the pointer, drawn when they come near the screen. In print the page shows the pictures that need no
// script.
import type { ChartData } from "../chart-data.ts";
import { LiveChart } from "./live-chart.ts";
import type { PageTheme } from "./page-theme.ts";
import { createTooltip } from "./tooltip.ts";

/** Milliseconds without a further change of the window's size, after which charts are drawn in the new one. */
const RESIZED_MS = 120;

export function startCharts(vega: typeof import("vega"), data: ChartData, theme: PageTheme): void {
  const { colours } = data;
  const context = { vega, colours, isDark: theme.isDark, tooltip: createTooltip() };
  const charts = [...document.querySelectorAll<HTMLElement>("[data-chart]")].map(
    (element) => new LiveChart(element, data.charts[element.dataset.chart ?? ""], context),
  );
  const drawNear = (): void => {
    for (const chart of charts) if (chart.isNear) void chart.draw();
  };
  watchNearness(charts, drawNear);
  theme.onChange(() => {
    for (const chart of charts) chart.forget();
    drawNear();
  });
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(drawNear, RESIZED_MS);
  });
}

function watchNearness(charts: readonly LiveChart[], onChange: () => void): void {
  const chartOf = new Map<Element, LiveChart>(charts.map((chart) => [chart.element, chart]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const chart = chartOf.get(target);
        if (chart !== undefined) chart.isNear = isIntersecting;
      }
      onChange();
    },
    { rootMargin: "800px 0px" },
  );
  for (const { element } of charts) observer.observe(element);
}
