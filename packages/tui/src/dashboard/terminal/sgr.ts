// Styles as a terminal's control sequences: Select Graphic Rendition (ECMA-48), in as many colours as there are.
import { asciiOnly } from "../../text/width.ts";
import { type Color, mergeRuns, type Paint, type Row, type Run, type Style, sameStyle } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { hueName, nearest256 } from "./palette.ts";

const PALETTE: Readonly<Record<Color, number>> = { red: 1, green: 2, yellow: 3, blue: 4, magenta: 5, cyan: 6 };

/** Of the 256, in place of the palette's colours on white: there many terminals' own are too pale to read. */
const ON_LIGHT: Readonly<Record<Color, number>> = {
  red: 160,
  green: 28,
  yellow: 94,
  blue: 26,
  magenta: 127,
  cyan: 24,
};

type Look = Pick<Theme, "depth" | "background">;

/** Parameters that switch the style on; none for text as it is. */
export function styleParameters(style: Style, theme: Look): string[] {
  const parameters: string[] = [];
  if (theme.depth !== "none") {
    if (style.bold) parameters.push("1");
    if (style.dim) parameters.push("2");
    if (style.color !== undefined) parameters.push(...paint(style.color, 30, theme));
    if (style.background !== undefined) parameters.push(...paint(style.background, 40, theme));
  }
  // No colour, and the only thing that tells what is chosen where there are none.
  if (style.inverse) parameters.push("7");
  return parameters;
}

/** `base` is 30 for the text, 40 for what is behind it. */
function paint(color: Paint, base: 30 | 40, { depth, background }: Look): string[] {
  if (typeof color === "number") {
    if (depth === "truecolor") {
      return [`${base + 8};2;${(color >> 16) & 255};${(color >> 8) & 255};${color & 255}`];
    }
    if (depth === "256") return [`${base + 8};5;${nearest256(color)}`];
    const name = hueName(color);
    return name === undefined ? [] : [String(base + PALETTE[name])];
  }
  if (background === "light" && depth !== "16") return [`${base + 8};5;${ON_LIGHT[color]}`];
  return [String(base + PALETTE[color])];
}

/** What printing a row needs besides its own text. */
export interface Printing {
  readonly theme: Theme;
  /** The cells of a run that shows a real picture, with their colour; `undefined` where its text is to be shown. */
  readonly picture?: ((piece: Run) => string | undefined) | undefined;
}

/** A row in its styles, from a terminal without one, and back to none. */
export function printRow(row: Row, { theme, picture }: Printing): string {
  let printed = "";
  let styled = false;
  let last: Style | undefined;
  for (const piece of mergeRuns(row)) {
    const cells = piece.picture && picture?.(piece);
    if (cells !== undefined) {
      printed += cells;
      last = undefined;
      styled = true;
      continue;
    }
    if (last === undefined ? styled || hasStyle(piece) : !sameStyle(last, piece)) {
      const parameters = styleParameters(piece, theme);
      if (parameters.length > 0 || styled) printed += sequence(["0", ...parameters]);
      styled = parameters.length > 0;
    }
    printed += printable(piece.text, theme.ascii);
    last = piece;
  }
  return styled ? `${printed}${RESET}` : printed;
}

function hasStyle({ color, background, bold, dim, inverse }: Style): boolean {
  return color !== undefined || background !== undefined || Boolean(bold || dim || inverse);
}

const RESET = "\u001b[0m";

function sequence(parameters: readonly string[]): string {
  return `\u001b[${parameters.join(";")}m`;
}

/** What can't harm the terminal, and what it can show: a column for a column. */
export function printable(text: string, ascii: boolean): string {
  return ascii ? asciiOnly(text) : text.replace(/\r\n|\p{Cc}/gu, " ");
}
