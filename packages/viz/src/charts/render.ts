// A Vega-Lite specification to the bytes of a PNG or the text of an SVG, through Vega and node-canvas.
import type { TopLevelSpec } from "vega-lite";
import { loadCanvas } from "../canvas.ts";
import { encodePng, PNG_SCALE } from "../pictures/png.ts";

export interface PngOptions {
  readonly format: "png";
  /** Device pixels to a CSS pixel; 2 where it isn't given. */
  readonly scale?: number;
}

export interface SvgOptions {
  readonly format: "svg";
}

/**
 * Renders off-screen. Vega is loaded at the first call, as it takes about a quarter of a second.
 * Rejects where the specification isn't valid Vega-Lite.
 */
export function renderChart(spec: TopLevelSpec, options: PngOptions): Promise<Uint8Array>;
export function renderChart(spec: TopLevelSpec, options: SvgOptions): Promise<string>;
export function renderChart(spec: TopLevelSpec, options: PngOptions | SvgOptions): Promise<Uint8Array | string>;
export async function renderChart(
  spec: TopLevelSpec,
  options: PngOptions | SvgOptions,
): Promise<Uint8Array | string> {
  // The fonts must be known before Vega measures its first text.
  loadCanvas();
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  // A warning printed in the middle of a dashboard would do more harm than good; errors are thrown all the same.
  const logger = vega.logger(vega.None);
  const view = new vega.View(vega.parse(compile(spec, { logger }).spec), { renderer: "none", logger });
  try {
    if (options.format === "svg") return await view.toSVG();
    const scale = options.scale ?? PNG_SCALE;
    const canvas = await view.toCanvas(scale);
    return encodePng(canvas as unknown as import("canvas").Canvas, scale);
  } finally {
    view.finalize();
  }
}
