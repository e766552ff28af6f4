// A picture as rows of cells: two pixels a cell, or a place for the terminal to show the real one.
import type { Pixels } from "@trainscope/core/pixels";
import type { CellPicture, Row, Run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { resample } from "./resample.ts";

type Place = Pick<CellPicture, "columns" | "rows">;

interface Kept extends Place {
  readonly kind: Theme["pictures"];
  readonly drawn: readonly Row[];
}

/** The last rows that were made of each picture, so that pixels that stay are not sent to the terminal again. */
const kept = new WeakMap<Pixels, Kept>();

/** Exactly `rows` rows of `columns` columns, filled by the picture; blank where the terminal shows none. */
export function pictureRows(
  pixels: Pixels,
  columns: number,
  rows: number,
  { pictures: kind }: Pick<Theme, "pictures">,
): readonly Row[] {
  const before = kept.get(pixels);
  if (before?.columns === columns && before.rows === rows && before.kind === kind) return before.drawn;
  const drawn = draw(pixels, { columns, rows }, kind);
  kept.set(pixels, { columns, rows, kind, drawn });
  return drawn;
}

function draw(pixels: Pixels, place: Place, kind: Theme["pictures"]): readonly Row[] {
  if (kind === "blocks") return blockRows(pixels, place);
  const text = " ".repeat(place.columns);
  const picture = { pixels, ...place };
  return Array.from({ length: place.rows }, (_, row) => [
    kind === "kitty" ? { text, picture: { picture, row } } : { text },
  ]);
}

/** The upper half of a cell is its text's colour, the lower its background's. */
function blockRows(pixels: Pixels, { columns, rows }: Place): readonly Row[] {
  const colors = colorsOf(pixels, columns, 2 * rows);
  return Array.from({ length: rows }, (_, row) => {
    const runs: Run[] = [];
    let start = 0;
    const at = 2 * row * columns;
    for (let x = 1; x <= columns; x++) {
      const color = colors[at + start] as number;
      const background = colors[at + columns + start] as number;
      const same = x < columns && colors[at + x] === color && colors[at + columns + x] === background;
      if (same) continue;
      runs.push({ text: "▀".repeat(x - start), color, background });
      start = x;
    }
    return runs;
  });
}

/** `height x width` colours, each 0xRRGGBB. */
function colorsOf(pixels: Pixels, width: number, height: number): Uint32Array {
  const { rgba } = pixels;
  const colors = new Uint32Array(width * height);
  if (pixels.width === width && pixels.height === height) {
    for (let i = 0; i < colors.length; i++) {
      colors[i] =
        ((rgba[4 * i] as number) << 16) | ((rgba[4 * i + 1] as number) << 8) | (rgba[4 * i + 2] as number);
    }
    return colors;
  }
  for (let channel = 0; channel < 3; channel++) {
    const source = { values: rgba, offset: channel, step: 4, width: pixels.width, height: pixels.height };
    const plane = resample(source, { width, height });
    const shift = 8 * (2 - channel);
    for (let i = 0; i < colors.length; i++) {
      colors[i] = (colors[i] as number) | (Math.round(plane[i] as number) << shift);
    }
  }
  return colors;
}
