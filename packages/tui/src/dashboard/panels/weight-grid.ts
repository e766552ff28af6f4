// The templates as pictures in a grid, each with its caption.
import { type Arrangement, arrange } from "../picture/arrange.ts";
import { pictureRows } from "../picture/picture-rows.ts";
import { templatesOf } from "../picture/pixels.ts";
import type { Row } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { sideBySide } from "./headed.ts";
import { centredRow, LEAST_CAPTION, MOST_CAPTION, type Weights, weightCaptions } from "./weight-captions.ts";

export function arrangeWeights(
  { parameters, shape }: Weights,
  width: number,
  height: number,
  { pictures }: Theme,
): Arrangement | undefined {
  const words = { below: LEAST_CAPTION, mostBelow: MOST_CAPTION, beside: 0, leastWidth: 10, gap: 0 };
  const wish = { count: parameters.classes, pixels: shape, leastRows: 5, pictures, ...words };
  return arrange(wish, width, height);
}

/** The columns of one caption. */
export function captionWidth({ pitch }: Arrangement): number {
  return pitch.width - 1;
}

/** The templates of one page, in the middle of the room. */
export function weightGridRows(
  weights: Weights,
  arrangement: Arrangement,
  page: number,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const { columns, rows, perRow, perPage, pitch, below } = arrangement;
  const cellWidth = captionWidth(arrangement);
  // A terminal that shows real pictures shrinks them itself.
  const size = theme.pictures === "blocks" ? { width: columns, height: 2 * rows } : weights.shape;
  const templates = templatesOf(weights.parameters, weights.shape, size);
  const captions = weightCaptions(weights, cellWidth, below, theme);
  const first = page * perPage;
  const cells = templates.slice(first, first + perPage).map((pixels, index) => {
    const picture = pictureRows(pixels, columns, rows, theme).map((row) => centredRow(row, columns, cellWidth));
    return { rows: [...picture, ...(captions[first + index] ?? [])], width: cellWidth };
  });
  const margin = { rows: [], width: Math.max(0, Math.floor((width + 1 - perRow * pitch.width) / 2)) };
  const lines: Row[] = [];
  for (let start = 0; start < cells.length; start += perRow) {
    while (lines.length % pitch.height > 0) lines.push([]);
    lines.push(...sideBySide([margin, ...cells.slice(start, start + perRow)], 1));
  }
  const above = Math.max(0, Math.floor((height - lines.length) / 2));
  return [...Array.from({ length: above }, () => []), ...lines];
}
