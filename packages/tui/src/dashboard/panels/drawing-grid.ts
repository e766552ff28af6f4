// What another program drew, histograms and pictures, in cells of one size, each with its tag and step below.
import type { Drawing } from "@trainscope/core/source";
import { formatNumber } from "../../text/format.ts";
import { truncate } from "../../text/width.ts";
import { pictureRows } from "../picture/picture-rows.ts";
import { type Row, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { sideBySide } from "./headed.ts";
import { spreadRows } from "./spread-bars.ts";
import { centredRow } from "./weight-captions.ts";

/** Tag, and step with what it ranges over. */
const CAPTION = 2;
const LEAST_WIDTH = 24;
const LEAST_HEIGHT = 8;

export interface DrawingLayout {
  readonly perRow: number;
  readonly perPage: number;
  readonly pages: number;
  /** Of a cell, without the gap to the next. */
  readonly width: number;
  readonly height: number;
}

/** As large as lets all be seen at once, on pages where they would get too small. */
export function layOutDrawings(count: number, width: number, height: number): DrawingLayout {
  const mostPerRow = Math.max(1, Math.floor((width + 1) / (LEAST_WIDTH + 1)));
  const mostLines = Math.max(1, Math.floor(height / LEAST_HEIGHT));
  const wished = Math.max(Math.ceil(Math.sqrt(count)), Math.ceil(count / mostLines), 1);
  const perRow = Math.min(mostPerRow, wished);
  const lines = Math.min(mostLines, Math.ceil(count / perRow));
  return {
    perRow,
    perPage: perRow * lines,
    pages: Math.ceil(count / (perRow * lines)),
    width: Math.floor((width + 1) / perRow) - 1,
    height: Math.max(CAPTION + 1, Math.floor(height / lines)),
  };
}

/** The drawings of one page. */
export function drawingRows(
  drawings: readonly Drawing[],
  layout: DrawingLayout,
  page: number,
  theme: Theme,
): Row[] {
  const { perRow, perPage, width, height } = layout;
  const shown = drawings.slice(page * perPage, (page + 1) * perPage);
  const cells = shown.map((drawing) => ({ rows: cellRows(drawing, width, height, theme), width }));
  const lines: Row[] = [];
  for (let start = 0; start < cells.length; start += perRow) {
    lines.push(...sideBySide(cells.slice(start, start + perRow), 1));
  }
  return lines;
}

/** One free row at its end, where there is room. */
function cellRows(drawing: Drawing, width: number, height: number, theme: Theme): Row[] {
  const room = height - CAPTION - (height > CAPTION + 2 ? 1 : 0);
  const { glyphs } = theme;
  const words = (text: string, style: object): Row => {
    const short = truncate(text, width, glyphs.ellipsis);
    return centredRow([run(short, style)], short.length, width);
  };
  const { body, told } =
    "pixels" in drawing ? picture(drawing.pixels, width, room, theme) : histogram(drawing, width, room, theme);
  const rows = [
    ...body,
    words(drawing.tag, { bold: true }),
    words(`step ${drawing.step} ${glyphs.dot} ${told}`, { dim: true }),
  ];
  return [...rows, ...Array.from({ length: height - rows.length }, () => [run(" ".repeat(width))])];
}

interface Drawn {
  readonly body: readonly Row[];
  readonly told: string;
}

/** As large as fits; in words alone where the terminal shows no pictures. */
function picture(
  pixels: Extract<Drawing, { pixels: unknown }>["pixels"],
  width: number,
  rows: number,
  theme: Theme,
): Drawn {
  const told = `${pixels.width} x ${pixels.height} pixels`;
  if (theme.pictures === "none") return { body: [], told: `picture of ${told}` };
  const scale = Math.min(width / pixels.width, (2 * rows) / pixels.height);
  const columns = Math.max(1, Math.floor(pixels.width * scale));
  const high = Math.max(1, Math.floor((pixels.height * scale) / 2));
  const drawn = pictureRows(pixels, columns, high, theme);
  return { body: drawn.map((row) => centredRow(row, columns, width)), told };
}

function histogram(
  drawing: Extract<Drawing, { counts: unknown }>,
  width: number,
  rows: number,
  theme: Theme,
): Drawn {
  const spread = spreadRows(drawing, width, rows, theme);
  if (spread === undefined) return { body: [], told: "no values" };
  return { body: spread.body, told: `${formatNumber(spread.from)} to ${formatNumber(spread.to)}` };
}
