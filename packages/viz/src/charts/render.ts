// A Vega-Lite specification to the bytes of a PNG or the text of an SVG, through Vega and, for PNG, node-canvas.

import { requireArgument } from "@trainscope/core/errors";
import { xmlCharacters } from "@trainscope/core/text";
import type { Canvas } from "canvas";
import type { View } from "vega";
import { loadCanvas } from "../canvas.ts";
import { encodePng, encodePngInBackground, PNG_SCALE } from "../pictures/png.ts";
import type { Drawn } from "../pictures/render-scene.ts";
import { pngProblem } from "../png-problem.ts";
import type { ChartSpecification } from "./specification.ts";
import { loadVega } from "./vega.ts";
import { asVegaLite } from "./vega-lite-checked.ts";

/** A chart as PNG. */
export interface PngOptions {
  readonly format: "png";
  /** Device pixels to a CSS pixel; 2 where it isn't given. */
  readonly scale?: number;
}

/** A chart as SVG. */
export interface SvgOptions {
  readonly format: "svg";
}

/**
 * Renders off-screen. Vega is loaded at the first call, as it takes about a quarter of a second.
 * Rejects where the specification isn't valid Vega-Lite, and with `NOT_SUPPORTED` for PNG where node-canvas can't be loaded.
 */
export function renderChart(spec: ChartSpecification, options: PngOptions): Promise<Uint8Array>;
export function renderChart(spec: ChartSpecification, options: SvgOptions): Promise<string>;
export function renderChart(
  spec: ChartSpecification,
  options: PngOptions | SvgOptions,
): Promise<Uint8Array | string>;
export async function renderChart(
  spec: ChartSpecification,
  options: PngOptions | SvgOptions,
): Promise<Uint8Array | string> {
  requireArgument("renderChart", "spec", spec, "an object");
  requireArgument("renderChart", "options", options, "an object");
  if (options.format === "png") loadCanvas();
  const view = await layOut(spec);
  try {
    if (options.format === "svg") return await svgOf(view);
    const scale = options.scale ?? PNG_SCALE;
    return encodePng(await paint(view, scale), scale);
  } finally {
    view.finalize();
  }
}

/**
 * In every format that can be drawn here, laid out once, which takes most of the time of a small chart. Rejects where the
 * specification isn't valid Vega-Lite.
 */
export async function renderChartTwice(spec: ChartSpecification): Promise<Drawn> {
  const view = await layOut(spec);
  try {
    const png = pngProblem() === undefined ? encodePngInBackground(await paint(view, PNG_SCALE)) : undefined;
    const [svg, bytes] = await Promise.all([svgOf(view), png]);
    return { png: bytes, svg };
  } finally {
    view.finalize();
  }
}

async function layOut(spec: ChartSpecification): Promise<View> {
  const { vega, compile, logger } = await loadVega();
  return new vega.View(vega.parse(compile(asVegaLite(spec), { logger }).spec), { renderer: "none", logger });
}

/** Vega escapes markup, and leaves what XML can't hold. */
async function svgOf(view: View): Promise<string> {
  return xmlCharacters(await view.toSVG());
}

async function paint(view: View, scale: number): Promise<Canvas> {
  return (await view.toCanvas(scale)) as unknown as Canvas;
}
