// The signs that draw rather than write (Braille, blocks, lines) as outlines, so that a picture of the screen needs no
// font that has them and neighbouring cells meet without a seam.

/** Pixels of one cell of the screen. */
export const CELL = { width: 9, height: 18 } as const;

/** Outlines in pixels, to be filled, of one cell whose upper left corner is at x, y; `undefined` for a letter. */
export function cellShape(character: string, x: number, y: number): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2800 && code <= 0x28ff) return braille(code - 0x2800, x, y);
  const block = BLOCKS[character];
  if (block !== undefined) {
    const [left, top, width, height] = block;
    return rectangle(x + left * CELL.width, y + top * CELL.height, width * CELL.width, height * CELL.height);
  }
  return LINES[character]?.map((line) => lineShape(line, x, y)).join("");
}

/** Whole pixels, which take half the bytes and are as sharp as can be. */
const DOT = 3;
const DOT_COLUMNS = [1, 5] as const;
const DOT_ROWS = [1, 5, 10, 14] as const;

/** Dots by bit (Unicode, "Braille Patterns"): column and row of each within the cell. */
const DOTS: readonly (readonly [0 | 1, 0 | 1 | 2 | 3])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
];

function braille(bits: number, x: number, y: number): string {
  return DOTS.map(([column, row], bit) =>
    bits & (1 << bit) ? rectangle(x + DOT_COLUMNS[column], y + DOT_ROWS[row], DOT, DOT) : "",
  ).join("");
}

/** Share of the cell: left, top, width, height. */
const BLOCKS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "█": [0, 0, 1, 1],
  "▀": [0, 0, 1, 1 / 2],
  "▄": [0, 1 / 2, 1, 1 / 2],
  "▌": [0, 0, 1 / 2, 1],
  "▐": [1 / 2, 0, 1 / 2, 1],
  ...Object.fromEntries([..."▁▂▃▄▅▆▇"].map((sign, index) => [sign, lower((index + 1) / 8)])),
  ...Object.fromEntries([..."▉▊▋▌▍▎▏"].map((sign, index) => [sign, left((7 - index) / 8)])),
};

function lower(height: number): readonly [number, number, number, number] {
  return [0, 1 - height, 1, height];
}

function left(width: number): readonly [number, number, number, number] {
  return [0, 0, width, 1];
}

/** From the middle of the cell to an edge; `arc` a rounded corner between two; `dashes` so many pieces all across. */
type Line =
  | { readonly to: "left" | "right" | "up" | "down"; readonly weight: number }
  | { readonly arc: readonly ["left" | "right", "up" | "down"] }
  | { readonly dashes: number; readonly weight: number };

const thin = (to: "left" | "right" | "up" | "down"): Line => ({ to, weight: 1 });
const thick = (to: "left" | "right" | "up" | "down"): Line => ({ to, weight: 3 });

const LINES: Readonly<Record<string, readonly Line[]>> = {
  "─": [thin("left"), thin("right")],
  "━": [thick("left"), thick("right")],
  "╸": [thick("left")],
  "╺": [thick("right")],
  "│": [thin("up"), thin("down")],
  "┃": [thick("up"), thick("down")],
  "┤": [thin("up"), thin("down"), thin("left")],
  "├": [thin("up"), thin("down"), thin("right")],
  "┬": [thin("left"), thin("right"), thin("down")],
  "┴": [thin("left"), thin("right"), thin("up")],
  "┼": [thin("left"), thin("right"), thin("up"), thin("down")],
  "┌": [thin("right"), thin("down")],
  "┐": [thin("left"), thin("down")],
  "└": [thin("right"), thin("up")],
  "┘": [thin("left"), thin("up")],
  "╭": [{ arc: ["right", "down"] }],
  "╮": [{ arc: ["left", "down"] }],
  "╰": [{ arc: ["right", "up"] }],
  "╯": [{ arc: ["left", "up"] }],
  "┄": [{ dashes: 3, weight: 1 }],
  "┈": [{ dashes: 4, weight: 1 }],
  "╌": [{ dashes: 2, weight: 1 }],
  "╍": [{ dashes: 2, weight: 3 }],
  "┅": [{ dashes: 3, weight: 3 }],
};

function lineShape(line: Line, x: number, y: number): string {
  const [middleX, middleY] = [x + CELL.width / 2, y + CELL.height / 2];
  if ("dashes" in line) {
    const step = CELL.width / line.dashes;
    return Array.from({ length: line.dashes }, (_, dash) =>
      rectangle(x + dash * step, middleY - line.weight / 2, step * 0.6, line.weight),
    ).join("");
  }
  if ("arc" in line) {
    const [across, down] = line.arc;
    const endX = across === "right" ? x + CELL.width : x;
    const endY = down === "down" ? y + CELL.height : y;
    return arcShape([endX, middleY], [middleX, middleY], [middleX, endY]);
  }
  const half = line.weight / 2;
  switch (line.to) {
    case "left":
      return rectangle(x, middleY - half, CELL.width / 2 + half, line.weight);
    case "right":
      return rectangle(middleX - half, middleY - half, CELL.width / 2 + half, line.weight);
    case "up":
      return rectangle(middleX - half, y, line.weight, CELL.height / 2 + half);
    case "down":
      return rectangle(middleX - half, middleY - half, line.weight, CELL.height / 2 + half);
  }
}

type Point = readonly [number, number];

/** A line one pixel wide along a curve from edge to edge, as the outline of its two sides. */
function arcShape([startX, startY]: Point, [cornerX, cornerY]: Point, [endX, endY]: Point): string {
  const away = startX > cornerX ? 0.5 : -0.5;
  const aside = endY > cornerY ? 0.5 : -0.5;
  return (
    `M${n(startX)} ${n(startY - aside)}Q${n(cornerX - away)} ${n(cornerY - aside)} ${n(endX - away)} ${n(endY)}` +
    `L${n(endX + away)} ${n(endY)}Q${n(cornerX + away)} ${n(cornerY + aside)} ${n(startX)} ${n(startY + aside)}Z`
  );
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}z`;
}

/** Hundredths of a pixel are more than anyone sees. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
