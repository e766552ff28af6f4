// A chart compiled once and drawn once, to every form that a report needs of it.

import type { ChartSpecification } from "@trainscope/viz";
import { pngProblem } from "@trainscope/viz";
import { asVegaLite, encodePngInBackground, loadVega, PNG_SCALE } from "@trainscope/viz/parts";
import type { Canvas } from "canvas";
import type { Mark, Spec } from "vega";
import type { Chart } from "../document.ts";

export interface DrawnChart {
  readonly svg: string;
  /** On its way; `undefined` where PNG can't be drawn. */
  readonly png: Promise<Uint8Array> | undefined;
}

/** What a page needs: the title stands there as text, so it is left out of the picture. */
export interface PageChart {
  /** To be seen before the script has run, without one, and in print. */
  readonly svg: string;
  readonly wide: Spec;
  readonly narrow: Spec;
}

/** The renderer of a report's charts. Vega is loaded here, at the first report. */
export interface ChartDrawer {
  draw(chart: Chart): Promise<DrawnChart>;
  drawForPage(chart: Chart): Promise<PageChart>;
}

export async function createChartDrawer(): Promise<ChartDrawer> {
  const { vega, compile, logger } = await loadVega();
  const compiled = new Map<ChartSpecification, Spec>();

  function toVega(spec: ChartSpecification): Spec {
    const known = compiled.get(spec) ?? compile(asVegaLite(spec), { logger }).spec;
    compiled.set(spec, known);
    return known;
  }

  async function withView<T>(
    spec: Spec,
    use: (view: InstanceType<typeof vega.View>) => Promise<T>,
  ): Promise<T> {
    const view = new vega.View(vega.parse(spec), { renderer: "none", logger });
    try {
      return await use(view);
    } finally {
      view.finalize();
    }
  }

  return {
    draw: (chart) =>
      withView(toVega(chart.wide), async (view) => {
        const svg = await view.toSVG();
        if (pngProblem() !== undefined) return { svg, png: undefined };
        const canvas = (await view.toCanvas(PNG_SCALE)) as unknown as Canvas;
        return { svg, png: encodePngInBackground(canvas) };
      }),
    async drawForPage({ wide, narrow, narrowLegend = true, name }) {
      const [page, phone] = [toVega(wide), toVega(narrow)].map(forPage) as [Spec, Spec];
      const svg = await withView(page, (view) => view.toSVG());
      return { svg: ownNames(svg, name), wide: page, narrow: narrowLegend ? phone : withoutLegends(phone) };
    },
  };
}

/** Without title, on the page's own background, flush with its text. */
function forPage({ title: _, ...spec }: Spec): Spec {
  return { ...spec, background: "transparent", padding: { left: 2, right: 12, top: 4, bottom: 4 } };
}

/** Of the whole and of each plot in it. */
function withoutLegends<T extends Spec | Mark>(spec: T): T {
  const marks = "marks" in spec ? { marks: (spec.marks ?? []).map((mark) => withoutLegends(mark)) } : {};
  return "legends" in spec ? { ...spec, ...marks, legends: [] } : { ...spec, ...marks };
}

/** Ids that no other picture in the same page has: Vega counts clip paths and gradients from 1 in each. */
function ownNames(svg: string, name: string): string {
  return svg
    .replace(/ id="(clip|gradient_|p_)/g, ` id="${name}-$1`)
    .replace(/url\(#/g, `url(#${name}-`)
    .replace(/href="#/g, `href="#${name}-`);
}
