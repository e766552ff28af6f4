// A matrix as colours, a pixel an entry, where there is no canvas for a chart.

import type { Pixels } from "@trainscope/core/pixels";
import { HEAT_COLOURS, PAPER } from "../theme.ts";

/**
 * From 0 (or the least entry, where that is below) to the greatest in the heat maps' colours; an entry that is `null` has the colour of the
 * paper. Rows of different lengths are filled up with it.
 */
export function matrixPixels(rows: readonly (readonly (number | null)[])[]): Pixels {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const entries = rows.flat().filter((entry) => entry !== null);
  const least = entries.reduce((low, entry) => Math.min(low, entry), 0);
  const spread = entries.reduce((high, entry) => Math.max(high, entry), least) - least;
  const rgba = new Uint8ClampedArray(4 * width * rows.length);
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x++) {
      const entry = row[x] ?? null;
      const colour = entry === null ? rgbOf(PAPER) : heatAt(spread > 0 ? (entry - least) / spread : 0);
      rgba.set([...colour, 255], 4 * (y * width + x));
    }
  });
  return { width, height: rows.length, rgba };
}

/** Between the two nearest of the ramp, which are at equal distances. */
function heatAt(part: number): readonly number[] {
  const at = part * (HEAT_COLOURS.length - 1);
  const below = Math.min(Math.floor(at), HEAT_COLOURS.length - 2);
  const [low, high] = [below, below + 1].map((index) => rgbOf(HEAT_COLOURS[index] ?? PAPER));
  return (low ?? []).map((channel, index) => channel + (at - below) * ((high?.[index] ?? 0) - channel));
}

function rgbOf(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
