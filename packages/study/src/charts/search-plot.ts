// One plot of a search, of one batch size: the tiles of both passes with their numbers.

import type { PanelSize } from "@trainscope/viz";
import type { Layer, Panel } from "@trainscope/viz/parts";
import { heatColour, heatTexts, INK, ORANGE, PAPER, SUBDUED } from "@trainscope/viz/parts";
import type { SearchPoint } from "../conduct/results.ts";
import { isCovered, type SearchAxes, type Tile } from "./search-tiles.ts";

const FONT_SIZE = 11.5;
/** CSS pixels that a number takes, with some room around it. */
const NUMBER = { width: 27, height: 14 };

export interface PlotContext {
  /** Of all plots, whose axes are the same. */
  readonly tiles: readonly Tile[];
  readonly axes: SearchAxes;
  readonly size: PanelSize;
  readonly domain: readonly [number, number];
  readonly chosen: SearchPoint;
  readonly points: readonly SearchPoint[];
}

export interface PlotTiles {
  readonly batchSize: number;
  readonly coarse: readonly Tile[];
  readonly fine: readonly Tile[];
}

/** The fine pass lies on the coarse one, whose numbers are left out where they would be hidden. */
export function searchPlot({ batchSize, coarse, fine }: PlotTiles, context: PlotContext): Panel {
  const { tiles, axes, size, domain, chosen, points } = context;
  const x = axisOf(
    "Learning rate η (log scale)",
    [Math.min(...tiles.map(({ left }) => left)), Math.max(...tiles.map(({ right }) => right))],
    ticksOf(points, ({ learningRate }) => learningRate, axes.x),
  );
  const y = axisOf(
    "Regularisation λ (log scale)",
    [Math.min(...tiles.map(({ bottom }) => bottom)), Math.max(...tiles.map(({ top }) => top))],
    ticksOf(points, ({ lambda }) => lambda, axes.y),
  );
  const decades = {
    width: (x.scale.domain[1] - x.scale.domain[0]) / size.width,
    height: (y.scale.domain[1] - y.scale.domain[0]) / size.height,
  };
  const box = {
    x: { ...x, field: "left" },
    x2: { field: "right" },
    y: { ...y, field: "bottom" },
    y2: { field: "top" },
  };
  const rows = (some: readonly Tile[]) => some.map((tile) => rowOf(tile, domain));
  const colour = heatColour({
    field: "accuracy",
    title: "Validation accuracy (%)",
    domain,
    height: size.height,
    ...(isClamped(points, domain) && {
      labelExpr: `datum.value <= ${domain[0]} ? "≤ " + datum.label : datum.label`,
    }),
  });
  const tooltip = [
    { field: "pass", type: "nominal" as const, title: "Pass" },
    { field: "lambda", type: "quantitative" as const, title: "λ", format: "~g" },
    { field: "learningRate", type: "quantitative" as const, title: "η", format: "~g" },
    { field: "batchSize", type: "quantitative" as const, title: "Batch size" },
    { field: "epochs", type: "quantitative" as const, title: "Epochs" },
    { field: "accuracyText", type: "nominal" as const, title: "Validation accuracy" },
    { field: "loss", type: "nominal" as const, title: "Validation loss" },
  ];
  const layersOf = (some: readonly Tile[], gap: number): Layer[] => {
    const valued = rows(some).filter(({ accuracy }) => accuracy !== null);
    const diverged = rows(some).filter(({ accuracy }) => accuracy === null);
    return [
      {
        data: { values: valued },
        mark: { type: "rect", stroke: PAPER, strokeWidth: gap },
        encoding: { ...box, color: colour, tooltip },
      },
      {
        data: { values: diverged },
        mark: { type: "rect", fill: PAPER, stroke: SUBDUED, strokeWidth: 0.75, strokeDash: [2, 2] },
        encoding: { ...box, tooltip },
      },
    ];
  };
  const [textWide, textHigh] = [NUMBER.width * decades.width, NUMBER.height * decades.height];
  const printed = [...coarse.filter((tile) => !isCovered(tile, fine, textWide, textHigh)), ...fine].filter(
    ({ left, right, bottom, top }) => right - left >= textWide && top - bottom >= textHigh,
  );
  const centre = { x: { ...x, field: "x" }, y: { ...y, field: "y" } };
  const marked = [...coarse, ...fine].filter(({ point }) => isSame(point, chosen));
  return {
    ...size,
    title: {
      text: `Batch of ${batchSize}`,
      anchor: "start",
      fontSize: 13,
      fontWeight: 600,
      color: INK,
      offset: 8,
      frame: "group",
    },
    layer: [
      ...layersOf(coarse, 1),
      ...layersOf(fine, 1.5),
      ...heatTexts(
        rows(printed).flatMap((row) => (row.accuracy === null ? [] : [row])),
        centre,
        FONT_SIZE,
      ),
      {
        data: { values: rows(printed).filter(({ accuracy }) => accuracy === null) },
        mark: { type: "text", fontSize: FONT_SIZE, color: SUBDUED, tooltip: null },
        encoding: { ...centre, text: { value: "diverged" } },
      },
      {
        data: { values: rows(marked) },
        mark: { type: "rect", fill: null, stroke: ORANGE, strokeWidth: 3, tooltip: null },
        encoding: box,
      },
    ],
  } as Panel;
}

function rowOf(tile: Tile, domain: readonly [number, number]) {
  const { point, ...place } = tile;
  const { validationAccuracy, validationLoss, ...settings } = point;
  const accuracy = validationAccuracy === null ? null : 100 * validationAccuracy;
  const [low, high] = domain;
  return {
    ...place,
    ...settings,
    accuracy,
    part: accuracy === null ? 0 : Math.min(1, Math.max(0, (accuracy - low) / (high - low))),
    text: accuracy === null ? "" : accuracy.toFixed(1),
    accuracyText: validationAccuracy === null ? "diverged" : `${percent(validationAccuracy)}\u00a0%`,
    loss: validationLoss === null ? "none" : validationLoss.toFixed(3),
  };
}

function axisOf(title: string, domain: readonly [number, number], ticks: ReadonlyMap<number, string>) {
  const [values, labels] = [[...ticks.keys()], [...ticks.values()]];
  return {
    type: "quantitative" as const,
    scale: { domain: [...domain] as [number, number], nice: false, zero: false },
    axis: {
      title,
      values,
      labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`,
      grid: false,
      ticks: true,
      domain: false,
      labelOverlap: false,
    },
  };
}

/** The coarse pass's values; those of the fine one where there is no coarse one. By place. */
function ticksOf(
  points: readonly SearchPoint[],
  settingOf: (point: SearchPoint) => number,
  placeOf: (value: number) => number,
): ReadonlyMap<number, string> {
  const coarse = points.filter(({ pass }) => pass === "coarse");
  const values = [...new Set((coarse.length > 0 ? coarse : points).map(settingOf))].sort((a, b) => a - b);
  return new Map(values.map((value) => [placeOf(value), String(value)]));
}

function isClamped(points: readonly SearchPoint[], [low]: readonly [number, number]): boolean {
  return points.some(({ validationAccuracy: value }) => value !== null && 100 * value < low);
}

function isSame(a: SearchPoint, b: SearchPoint): boolean {
  return (
    a.pass === b.pass &&
    a.lambda === b.lambda &&
    a.learningRate === b.learningRate &&
    a.batchSize === b.batchSize
  );
}

/** A fraction in per cent, to the hundredth. */
export function percent(part: number): string {
  return (100 * part).toFixed(2);
}
