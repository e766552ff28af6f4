// A terminal's screen with its escape sequences, as a PNG picture. Text colours, bold and dim are all it knows.
import { createCanvas } from "canvas";

const FONT_SIZE = 15;
const CELL = { width: 9, height: 18 };
const MARGIN = 16;
const BACKGROUND = "#1b1f27";
const FOREGROUND = "#d6dae2";
/** Black to white, then their bright versions. */
const PALETTE = [
  ...["#3a404c", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d6dae2"],
  ...["#7f8796", "#e88a92", "#b1d196", "#ecd09a", "#85c2f3", "#d59ce8", "#7cc9d3", "#ffffff"],
];

interface Style {
  readonly colour: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

const PLAIN: Style = { colour: FOREGROUND, bold: false, dim: false };

/** `screen` as `tmux capture-pane -p -e` gives it. */
export function drawScreen(screen: string, columns: number, rows: number): Buffer {
  const scale = 2;
  const width = columns * CELL.width + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  const canvas = createCanvas(width * scale, height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = BACKGROUND;
  context.roundRect(0, 0, width, height, 10);
  context.fill();
  context.textBaseline = "middle";
  linesOf(screen).forEach((cells, row) => {
    cells.forEach(({ character, style }, column) => {
      context.font = `${style.bold ? "bold " : ""}${FONT_SIZE}px "DejaVu Sans Mono"`;
      context.globalAlpha = style.dim ? 0.55 : 1;
      context.fillStyle = style.colour;
      context.fillText(character, MARGIN + column * CELL.width, MARGIN + (row + 0.5) * CELL.height);
    });
  });
  return canvas.toBuffer("image/png");
}

interface Cell {
  readonly character: string;
  readonly style: Style;
}

/** The cells of each line. A style stays in force beyond the end of its line. */
export function linesOf(screen: string): Cell[][] {
  let style = PLAIN;
  return screen.split("\n").map((line) => {
    const cells: Cell[] = [];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is read here.
    for (const [, codes, character] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b])/gu)) {
      if (character !== undefined) cells.push({ character, style });
      else style = (codes ?? "").split(";").map(Number).reduce(applyCode, style);
    }
    return cells;
  });
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, colour: FOREGROUND };
  if (code >= 30 && code <= 37) return { ...style, colour: PALETTE[code - 30] ?? FOREGROUND };
  if (code >= 90 && code <= 97) return { ...style, colour: PALETTE[code - 82] ?? FOREGROUND };
  return style;
}
