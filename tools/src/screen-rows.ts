// A terminal's screen with its escape sequences, as rows of styled text.
import type { Paint, Row, Style } from "@trainscope/tui/screen-picture";

const NAMES = [undefined, "red", "green", "yellow", "blue", "magenta", "cyan", undefined] as const;
/** What xterm has as black and white, and as the bright versions of all eight (its default resources). */
const BLACK = 0x000000;
const WHITE = 0xe5e5e5;
const BRIGHT = [0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff] as const;
/** Levels of the colour cube that palette entries 16 to 231 form. */
const LEVELS = [0, 95, 135, 175, 215, 255] as const;

/** `screen` as `tmux capture-pane -p -e` gives it. A style stays in force beyond the end of its line. */
export function rowsOf(screen: string): Row[] {
  let style: Style = {};
  return screen.split("\n").map((line) => {
    const row: { text: string }[] = [];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is read here.
    for (const [, codes, text] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/gu)) {
      if (text !== undefined) row.push({ ...style, text });
      else style = applyCodes(style, (codes ?? "").split(";").map(Number));
    }
    return row;
  });
}

/** Select Graphic Rendition (ECMA-48), with the indexed and direct colours of xterm. */
function applyCodes(before: Style, codes: readonly number[]): Style {
  let style = before;
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const [paint, used] = extendedPaint(codes.slice(index + 1));
      style = code === 38 ? { ...style, color: paint } : { ...style, background: paint };
      index += used;
    } else {
      style = applyCode(style, code);
    }
  }
  return style;
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 7) return { ...style, inverse: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 27) return { ...style, inverse: false };
  if (code === 39) return { ...style, color: undefined };
  if (code === 49) return { ...style, background: undefined };
  if (code >= 30 && code <= 37) return { ...style, color: palettePaint(code - 30) };
  if (code >= 90 && code <= 97) return { ...style, color: palettePaint(code - 82) };
  if (code >= 40 && code <= 47) return { ...style, background: palettePaint(code - 40) };
  if (code >= 100 && code <= 107) return { ...style, background: palettePaint(code - 92) };
  return style;
}

/** The colour, and how many of the codes told it. */
function extendedPaint([kind, a = 0, b = 0, c = 0]: readonly number[]): readonly [Paint | undefined, number] {
  if (kind === 2) return [(a << 16) | (b << 8) | c, 4];
  return kind === 5 ? [palettePaint(a), 2] : [undefined, 0];
}

/** Entry 0 to 255 of the palette. */
function palettePaint(entry: number): Paint {
  if (entry < 8) return NAMES[entry] ?? (entry === 0 ? BLACK : WHITE);
  if (entry < 16) return BRIGHT[entry - 8] ?? WHITE;
  if (entry >= 232) return (8 + 10 * (entry - 232)) * 0x010101;
  const [red = 0, green = 0, blue = 0] = [36, 6, 1].map((step) => LEVELS[Math.floor((entry - 16) / step) % 6]);
  return (red << 16) | (green << 8) | blue;
}
