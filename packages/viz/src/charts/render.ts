// A Vega-Lite specification to the bytes of a PNG or the text of an SVG, through Vega and node-canvas.

import { xmlCharacters } from "@trainscope/core/text";
import type { Canvas } from "canvas";
import type { View } from "vega";
import type { TopLevelSpec } from "vega-lite";
import { loadCanvas } from "../canvas.ts";
import { encodePng, encodePngInBackground, PNG_SCALE } from "../pictures/png.ts";

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
  const view = await layOut(spec);
  try {
    if (options.format === "svg") return await svgOf(view);
    const scale = options.scale ?? PNG_SCALE;
    return encodePng(await paint(view, scale), scale);
  } finally {
    view.finalize();
  }
}

/** Both, laid out once, which takes most of the time of a small chart. Rejects as `renderChart` does. */
export async function renderChartTwice(spec: TopLevelSpec): Promise<{ png: Uint8Array; svg: string }> {
  const view = await layOut(spec);
  try {
    const png = encodePngInBackground(await paint(view, PNG_SCALE));
    const [svg, bytes] = await Promise.all([svgOf(view), png]);
    return { png: bytes, svg };
  } finally {
    view.finalize();
  }
}

async function layOut(spec: TopLevelSpec): Promise<View> {
  // The fonts must be known before Vega measures its first text.
  loadCanvas();
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  // A warning printed in the middle of a dashboard would do more harm than good; errors are thrown all the same.
  const logger = vega.logger(vega.None);
  return new vega.View(vega.parse(compile(spec, { logger }).spec), { renderer: "none", logger });
}

/** Vega escapes markup, and leaves what XML can't hold. */
async function svgOf(view: View): Promise<string> {
  return xmlCharacters(await view.toSVG());
}

async function paint(view: View, scale: number): Promise<Canvas> {
  return (await view.toCanvas(scale)) as unknown as Canvas;
}
