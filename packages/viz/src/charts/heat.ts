// What heat maps share: the scale of colours with its legend, and text that can be read on any of them.
import { HEAT_COLOURS, INK, ON_HIGH_HEAT, ON_LOW_HEAT, onHeat } from "../theme.ts";
import type { Layer, PositionEncoding } from "./layer.ts";

const FONT_SIZE = 12;

export interface HeatOptions {
  readonly field: string;
  /** Of the legend, with the unit. */
  readonly title: string;
  readonly domain: readonly [number, number];
  /** CSS pixels of the map. */
  readonly height: number;
  /** Of the legend's labels, where the plain numbers don't tell all: values beyond the domain have its colours, too. */
  readonly labelExpr?: string;
}

/** Colour by value, in equal steps of lightness, with a legend to the right of the map. */
export function heatColour({ field, title, domain, height, labelExpr }: HeatOptions) {
  return {
    field,
    type: "quantitative" as const,
    scale: { domain: [...domain], range: [...HEAT_COLOURS], interpolate: "rgb" as const, clamp: true },
    legend: {
      title,
      orient: "right" as const,
      direction: "vertical" as const,
      titleFontWeight: 400 as const,
      titleFontSize: FONT_SIZE,
      titleColor: INK,
      titleLimit: 200,
      gradientLength: Math.min(200, height),
      gradientThickness: 12,
      labelFontSize: FONT_SIZE,
      tickCount: 5,
      offset: 18,
      ...(labelExpr !== undefined && { labelExpr }),
    },
  };
}

export interface HeatText {
  readonly text: string;
  /** Of the colours' domain, 0 to 1, by which the text is light or dark. */
  readonly part: number;
}

/** The texts of cells. */
export function heatTexts(
  cells: readonly HeatText[],
  encoding: { readonly x: PositionEncoding; readonly y: PositionEncoding },
  fontSize: number,
): Layer[] {
  return [ON_LOW_HEAT, ON_HIGH_HEAT].flatMap((color): Layer[] => {
    const values = cells.filter(({ part }) => onHeat(part) === color);
    if (values.length === 0) return [];
    return [
      {
        data: { values: values as unknown as Record<string, unknown>[] },
        mark: { type: "text", fontSize, color, tooltip: null },
        encoding: { ...encoding, text: { field: "text", type: "nominal" } },
      },
    ];
  });
}
