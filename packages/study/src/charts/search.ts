// The search for settings as a heat map over η and λ, a plot a batch size: the fine pass's smaller tiles lie on the
// coarse pass's larger ones, each where it belongs on logarithmic axes.

import type { ChartSpecification } from "@trainscope/viz";
import { type FigureOptions, frame, type PanelSize, requireValues, specification } from "@trainscope/viz/parts";
import type { SearchPoint, SearchResult } from "../stages/results.ts";
import { percent, searchPlot } from "./search-plot.ts";
import { searchAxes, type Tile, tilesOf } from "./search-tiles.ts";

/** CSS pixels of the smallest tile, so that its number fits, and of the largest plot. */
const TILE = { width: 44, height: 24 };
const LEAST: PanelSize = { width: 200, height: 180 };
const GREATEST: PanelSize = { width: 400, height: 380 };

/** Accuracies further below the best have the first colour: what hardly learns would take all differences away. */
const SHOWN_SPAN = 10;

/** Throws `BAD_OPTION` where there is no point. */
export function searchSpecification(search: SearchResult, options: FigureOptions = {}): ChartSpecification {
  const { points, chosen } = search;
  const title = options.title ?? "Search over λ, η and batch size";
  requireValues(points.length, "points", title);
  const axes = searchAxes(points);
  const batchSizes = [...new Set(points.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
  const panels = batchSizes.map((batchSize) => {
    const ofPass = (pass: SearchPoint["pass"]): Tile[] =>
      tilesOf(
        points.filter((point) => point.batchSize === batchSize && point.pass === pass),
        axes,
      );
    return { batchSize, coarse: ofPass("coarse"), fine: ofPass("fine") };
  });
  const tiles = panels.flatMap(({ coarse, fine }) => [...coarse, ...fine]);
  const size = options.size ?? sizeOf(tiles);
  const domain = accuracyDomain(points);
  const plots = panels.map((panel) => searchPlot(panel, { tiles, axes, size, domain, chosen, points }));
  const subtitle = options.subtitle ?? describe(search);
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: plots.length * size.width }),
    hconcat: plots,
    spacing: 24,
    resolve: { legend: { color: "shared" } },
  });
}

function describe({ points, chosen }: SearchResult): string {
  const pass = (name: SearchPoint["pass"], remark: string): string => {
    const some = points.filter((point) => point.pass === name);
    return some.length === 0
      ? ""
      : `${remark}: ${counted(some.length, "point")}, ${counted(some[0]?.epochs ?? 0, "epoch")} each`;
  };
  const accuracy = chosen.validationAccuracy === null ? "" : ` (${percent(chosen.validationAccuracy)}\u00a0%)`;
  const passes = [pass("coarse", "Coarse pass"), pass("fine", "Fine pass, small tiles")];
  return (
    `${passes.filter((text) => text !== "").join(" · ")}\n` +
    `Chosen for the least loss, framed: λ = ${chosen.lambda}, η = ${chosen.learningRate}, batch ${chosen.batchSize}${accuracy}`
  );
}

/** From whole per cent to whole per cent around all accuracies, as far as they are near the best. */
export function accuracyDomain(points: readonly SearchPoint[]): readonly [number, number] {
  const values = points.flatMap(({ validationAccuracy: value }) => (value === null ? [] : [100 * value]));
  if (values.length === 0) return [0, 100];
  const high = Math.ceil(Math.max(...values));
  const low = Math.min(Math.floor(Math.min(...values)), high - 1);
  return [Math.max(low, high - SHOWN_SPAN), high];
}

/** So large that the smallest tile holds its number, within bounds. */
function sizeOf(tiles: readonly Tile[]): PanelSize {
  const along = (from: (tile: Tile) => number, to: (tile: Tile) => number, pixels: number): number => {
    const span = Math.max(...tiles.map(to)) - Math.min(...tiles.map(from));
    const smallest = Math.min(...tiles.map((tile) => to(tile) - from(tile)));
    return (span / smallest) * pixels;
  };
  const clamp = (value: number, least: number, greatest: number): number =>
    Math.round(Math.min(greatest, Math.max(least, value)));
  const width = along(
    ({ left }) => left,
    ({ right }) => right,
    TILE.width,
  );
  const height = along(
    ({ bottom }) => bottom,
    ({ top }) => top,
    TILE.height,
  );
  return {
    width: clamp(width, LEAST.width, GREATEST.width),
    height: clamp(height, LEAST.height, GREATEST.height),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
