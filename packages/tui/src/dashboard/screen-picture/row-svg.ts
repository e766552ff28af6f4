// One row of the screen as SVG elements: backgrounds, then drawn signs, then text.

import { escapeXml } from "@trainscope/core/text";
import { displayWidth } from "../../text/width.ts";
import type { PictureRow, Row, Run } from "../text/rows.ts";
import { CELL, cellShape } from "./cell-shapes.ts";
import { cssColor, type Palette } from "./palette.ts";

/** Of a text's first line, above its bottom: a little above the lower edge of its cell. */
const BASELINE = 13.5;
const DIM = 0.55;

/** `top` in pixels. A run's text is stretched to its cells, so that any font keeps the columns. */
export function rowSvg(row: Row, top: number, palette: Palette): string {
  let column = 0;
  const behind: string[] = [];
  const drawn = new Map<string, string>();
  const written: string[] = [];
  for (const run of row) {
    const width = displayWidth(run.text);
    const x = column * CELL.width;
    const { ink, paper } = colorsOf(run, palette);
    if (paper !== undefined) {
      behind.push(
        `<path fill="${paper}" d="M${x} ${top}h${width * CELL.width}v${CELL.height}h${-width * CELL.width}z"/>`,
      );
    }
    if (run.picture !== undefined) {
      behind.push(pictureSvg(run.picture, width, x, top));
      column += width;
      continue;
    }
    for (const piece of piecesOf(run.text)) {
      const left = column * CELL.width;
      if (piece.kind === "text") written.push(textSvg(piece.text, left, top, run, ink));
      else if (piece.kind === "shape") {
        const style = `fill="${ink}"${run.dim ? ` opacity="${DIM}"` : ""}`;
        drawn.set(style, (drawn.get(style) ?? "") + (cellShape(piece.text, left, top) ?? ""));
      }
      column += displayWidth(piece.text);
    }
  }
  const shapes = [...drawn].map(([style, outline]) => `<path ${style} d="${outline}"/>`);
  return [...behind, ...shapes, ...written].join("");
}

function colorsOf({ color, background, inverse }: Run, palette: Palette) {
  const ink = color === undefined ? palette.foreground : cssColor(color, palette);
  const paper = background === undefined ? undefined : cssColor(background, palette);
  return inverse ? { ink: paper ?? palette.background, paper: ink } : { ink, paper };
}

/** Where the terminal shows the pixels themselves: two rows of them a cell, and as many columns as cells are seen. */
function pictureSvg(
  { picture, row, column: first = 0 }: PictureRow,
  cells: number,
  left: number,
  top: number,
): string {
  const { pixels, columns, rows } = picture;
  const parts: string[] = [];
  for (let half = 0; half < 2; half++) {
    const y = Math.floor(((2 * row + half + 0.5) / (2 * rows)) * pixels.height);
    for (let column = 0; column < cells; column++) {
      const x = Math.floor(((first + column + 0.5) / columns) * pixels.width);
      const at = 4 * (y * pixels.width + x);
      const [red = 0, green = 0, blue = 0] = pixels.rgba.subarray(at, at + 3);
      const d = `M${left + column * CELL.width} ${top + (half * CELL.height) / 2}h${CELL.width}v${CELL.height / 2}h${-CELL.width}z`;
      parts.push(`<path fill="rgb(${red},${green},${blue})" d="${d}"/>`);
    }
  }
  return parts.join("");
}

interface Piece {
  readonly kind: "text" | "shape" | "blank";
  readonly text: string;
}

/** Words and signs of one kind that stand side by side; each drawn sign is a piece of its own. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const part of text.match(/ {2,}|[^ ]+(?: [^ ]+)*| /gu) ?? []) {
    if (part.trim() === "") {
      pieces.push({ kind: "blank", text: part });
      continue;
    }
    let letters = "";
    const flush = (): void => {
      if (letters !== "") pieces.push({ kind: letters.trim() === "" ? "blank" : "text", text: letters });
      letters = "";
    };
    for (const character of part) {
      if (cellShape(character, 0, 0) === undefined) letters += character;
      else {
        flush();
        pieces.push({ kind: "shape", text: character });
      }
    }
    flush();
  }
  return pieces;
}

function textSvg(text: string, left: number, top: number, { bold, dim }: Run, ink: string): string {
  const lead = text.length - text.trimStart().length;
  const words = text.trim();
  const attributes = [
    `x="${left + lead * CELL.width}"`,
    `y="${top + BASELINE}"`,
    `textLength="${displayWidth(words) * CELL.width}"`,
    `fill="${ink}"`,
    ...(bold ? ['font-weight="bold"'] : []),
    ...(dim ? [`opacity="${DIM}"`] : []),
  ];
  return `<text ${attributes.join(" ")}>${escapeXml(words)}</text>`;
}
