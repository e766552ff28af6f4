// One plot of a search, of one batch size: the tiles of both passes with their numbers.

import type { PanelSize } from "@trainscope/viz";
import type { Layer, Panel } from "@trainscope/viz/parts";
import { heatColour, heatTexts, INK, ORANGE, PAPER, SUBDUED } from "@trainscope/viz/parts";
import type { SearchPoint } from "../stages/results.ts";
import { isCovered, type SearchAxes, type Tile } from "./search-tiles.ts";

const FONT_SIZE = 11.5;
/** CSS pixels that a number takes, with some room around it. */
const NUMBER = { width: 27, height: 14 };

const TOOLTIP = [
  { field: "pass", type: "nominal" as const, title: "Pass" },
  { field: "lambda", type: "quantitative" as const, title: "λ", format: "~g" },
  { field: "learningRate", type: "quantitative" as const, title: "η", format: "~g" },
  { field: "batchSize", type: "quantitative" as const, title: "Batch size" },
  { field: "epochs", type: "quantitative" as const, title: "Epochs" },
  { field: "accuracyText", type: "nominal" as const, title: "Validation accuracy" },
  { field: "loss", type: "nominal" as const, title: "Validation loss" },
];

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
export function searchPlot(plot: PlotTiles, context: PlotContext): Panel {
  const { coarse, fine } = plot;
  const { size, domain, chosen } = context;
  const { x, y } = positionsOf(context);
  const box = boxOf({ x, y });
  const centre = { x: { ...x, field: "x" }, y: { ...y, field: "y" } };
  const [printed, printedDiverged] = byOutcome(
    printedTiles(plot, x.scale.domain, y.scale.domain, size),
    domain,
  );
  const marked = [...coarse, ...fine].filter(({ point }) => isSame(point, chosen));
  return {
    ...size,
    title: {
      text: `Batch of ${plot.batchSize}`,
      anchor: "start",
      fontSize: 13,
      fontWeight: 600,
      color: INK,
      offset: 8,
      frame: "group",
    },
    layer: [
      ...tileLayers(coarse, 1, box, context),
      ...tileLayers(fine, 1.5, box, context),
      ...heatTexts(printed, centre, FONT_SIZE),
      {
        data: { values: printedDiverged },
        mark: { type: "text", fontSize: FONT_SIZE, color: SUBDUED, tooltip: null },
        encoding: { ...centre, text: { value: "diverged" } },
      },
      {
        data: { values: marked.map((tile) => rowOf(tile, domain)) },
        mark: { type: "rect", fill: null, stroke: ORANGE, strokeWidth: 3, tooltip: null },
        encoding: box,
      },
    ],
  } as Panel;
}

/** Learning rates along x and λs along y, in decades, over the tiles of all plots. */
function positionsOf({ tiles, axes, points }: PlotContext) {
  return {
    x: axisOf(
      "Learning rate η (log scale)",
      [Math.min(...tiles.map(({ left }) => left)), Math.max(...tiles.map(({ right }) => right))],
      ticksOf(points, ({ learningRate }) => learningRate, axes.x),
    ),
    y: axisOf(
      "Regularisation λ (log scale)",
      [Math.min(...tiles.map(({ bottom }) => bottom)), Math.max(...tiles.map(({ top }) => top))],
      ticksOf(points, ({ lambda }) => lambda, axes.y),
    ),
  };
}

/** From the edges of a tile. */
function boxOf({ x, y }: ReturnType<typeof positionsOf>) {
  return {
    x: { ...x, field: "left" },
    x2: { field: "right" },
    y: { ...y, field: "bottom" },
    y2: { field: "top" },
  };
}

/** One pass: tiles coloured by their accuracy, and dashed ones where training diverged, `gap` CSS pixels apart. */
function tileLayers(
  tiles: readonly Tile[],
  gap: number,
  box: ReturnType<typeof boxOf>,
  { size, domain, points }: PlotContext,
): Layer[] {
  const [valued, diverged] = byOutcome(tiles, domain);
  const color = heatColour({
    field: "accuracy",
    title: "Validation accuracy (%)",
    domain,
    height: size.height,
    ...(isClamped(points, domain) && {
      labelExpr: `datum.value <= ${domain[0]} ? "≤ " + datum.label : datum.label`,
    }),
  });
  return [
    {
      data: { values: valued },
      mark: { type: "rect", stroke: PAPER, strokeWidth: gap },
      encoding: { ...box, color, tooltip: TOOLTIP },
    },
    {
      data: { values: diverged },
      mark: { type: "rect", fill: PAPER, stroke: SUBDUED, strokeWidth: 0.75, strokeDash: [2, 2] },
      encoding: { ...box, tooltip: TOOLTIP },
    },
  ];
}

/** The tiles whose number has room and isn't hidden. */
function printedTiles(
  { coarse, fine }: PlotTiles,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
  size: PanelSize,
): readonly Tile[] {
  const wide = (NUMBER.width * (right - left)) / size.width;
  const high = (NUMBER.height * (top - bottom)) / size.height;
  return [...coarse.filter((tile) => !isCovered(tile, fine, wide, high)), ...fine].filter(
    (tile) => tile.right - tile.left >= wide && tile.top - tile.bottom >= high,
  );
}

/** The rows of the tiles with an accuracy, and of those that diverged. */
function byOutcome(tiles: readonly Tile[], domain: readonly [number, number]): [Row[], Row[]] {
  const rows = tiles.map((tile) => rowOf(tile, domain));
  return [rows.filter(({ accuracy }) => accuracy !== null), rows.filter(({ accuracy }) => accuracy === null)];
}

type Row = ReturnType<typeof rowOf>;

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
