// What the terminal can show: colours or none, Unicode or ASCII, and the signs the dashboard draws with.
import type { Split } from "@trainscope/core";
import type { Color } from "./rows.ts";

export interface Glyphs {
  readonly ellipsis: string;
  readonly dot: string;
  readonly dash: string;
  readonly brand: string;
  readonly running: string;
  readonly paused: string;
  readonly stopping: string;
  readonly done: string;
  readonly star: string;
  readonly up: string;
  readonly down: string;
  /** Than before, where no colour tells it. */
  readonly worse: string;
  readonly info: string;
  readonly warning: string;
  readonly error: string;
  readonly success: string;
  readonly barFull: string;
  readonly barTip: string;
  readonly barEmpty: string;
  readonly trainLine: string;
  readonly validationLine: string;
  readonly testLine: string;
  readonly eta: string;
  readonly lambda: string;
  readonly arrow: string;
  readonly times: string;
  /** top left, top right, bottom left, bottom right, horizontal, vertical */
  readonly frame: readonly [string, string, string, string, string, string];
  /** vertical, vertical with tick, corner, horizontal, horizontal with tick */
  readonly axis: readonly [string, string, string, string, string];
  readonly sparks: readonly string[];
}

/** How many colours the terminal has. */
export type ColorDepth = "none" | "16" | "256" | "truecolor";

/** What a terminal shows: its colours, its signs, pictures. */
export interface Theme {
  /** Whether there are any. Without them lines are told apart by their pattern. */
  readonly color: boolean;
  readonly depth: ColorDepth;
  readonly background: "dark" | "light";
  /** How pictures are shown: real ones by kitty's protocol, two pixels a cell, or not at all. */
  readonly pictures: "kitty" | "blocks" | "none";
  readonly ascii: boolean;
  readonly glyphs: Glyphs;
}

/** Colours by meaning. Cyan and magenta also differ for most colour-blind eyes. */
export const COLORS = {
  brand: "cyan",
  train: "cyan",
  validation: "magenta",
  /** Where the other two are drawn as well. */
  test: "blue",
  good: "green",
  caution: "yellow",
  bad: "red",
} as const satisfies Record<string, Color>;

const UNICODE: Glyphs = {
  ellipsis: "…",
  dot: "·",
  dash: "–",
  brand: "◆",
  running: "●",
  paused: "‖",
  stopping: "■",
  done: "✓",
  star: "★",
  up: "↑",
  down: "↓",
  worse: "!",
  info: "·",
  warning: "▲",
  error: "✗",
  success: "✓",
  barFull: "━",
  barTip: "╸",
  barEmpty: "─",
  trainLine: "━━",
  validationLine: "╍╍",
  testLine: "┈┈",
  eta: "η",
  lambda: "λ",
  arrow: "→",
  times: "×",
  frame: ["╭", "╮", "╰", "╯", "─", "│"],
  axis: ["│", "┤", "╰", "─", "┬"],
  // Not up to the full block, so that rows stay apart.
  sparks: ["▁", "▂", "▃", "▄", "▅", "▆"],
};

const ASCII: Glyphs = {
  ellipsis: "~",
  dot: "-",
  dash: "-",
  brand: "*",
  running: ">",
  paused: "=",
  stopping: "#",
  done: "+",
  star: "*",
  up: "^",
  down: "v",
  // "!" is a warning there.
  worse: "w",
  info: "-",
  warning: "!",
  error: "x",
  success: "+",
  barFull: "=",
  barTip: ">",
  barEmpty: "-",
  trainLine: "**",
  validationLine: "oo",
  testLine: "xx",
  eta: "eta",
  lambda: "lambda",
  arrow: "->",
  times: "x",
  frame: ["+", "+", "+", "+", "-", "|"],
  axis: ["|", "+", "+", "-", "+"],
  sparks: ["_", ".", "-", "=", "*", "#"],
};

/** As the curve is drawn: broken only where no colour tells it from the other. */
export function validationLine({ color, ascii, glyphs }: Theme): string {
  return color && !ascii ? glyphs.trainLine : glyphs.validationLine;
}

/** The line of a split's curve, as it is drawn. */
export function splitLine(split: Split, theme: Theme): string {
  const { color, ascii, glyphs } = theme;
  if (split === "train") return glyphs.trainLine;
  if (split === "validation") return validationLine(theme);
  return color && !ascii ? glyphs.trainLine : glyphs.testLine;
}

export interface ThemeOptions {
  /** `true` is 16 colours. */
  readonly color: boolean | ColorDepth;
  readonly ascii: boolean;
  readonly background?: Theme["background"];
  /** Real pictures where the terminal has said that it has them. */
  readonly kitty?: boolean;
}

/** Colours and signs that a terminal can show. */
export function createTheme({ color, ascii, background = "dark", kitty = false }: ThemeOptions): Theme {
  const depth = color === true ? "16" : color === false ? "none" : color;
  const blocks = !ascii && (depth === "256" || depth === "truecolor");
  const pictures = depth === "none" ? "none" : kitty ? "kitty" : blocks ? "blocks" : "none";
  return { color: depth !== "none", depth, background, pictures, ascii, glyphs: ascii ? ASCII : UNICODE };
}

type Variables = Readonly<Record<string, string | undefined>>;

/** What the terminal has said of itself. */
export type TerminalReplies = Pick<ThemeOptions, "background" | "kitty">;

/**
 * Colour unless `NO_COLOR` is set or the terminal has none; ASCII where Unicode would come out garbled.
 * `depth` is in bits, as `getColorDepth` of a stream gives it. What the terminal has said counts before what
 * variables say of its background.
 */
export function detectTheme(
  env: Variables,
  depth: number,
  platform: string = process.platform,
  replies: TerminalReplies = {},
): Theme {
  const noColor = env.NO_COLOR !== undefined && env.NO_COLOR !== "";
  return createTheme({
    color: noColor ? "none" : colorDepth(depth),
    ascii: !hasUnicode(env, platform),
    background: backgroundOf(env.COLORFGBG),
    ...replies,
  });
}

function colorDepth(bits: number): ColorDepth {
  if (bits >= 24) return "truecolor";
  if (bits >= 8) return "256";
  return bits >= 4 ? "16" : "none";
}

/** `COLORFGBG` ends with the number of the background among 16 colours: white, and the bright ones but for black. */
function backgroundOf(variable = ""): Theme["background"] {
  const digits = /;(\d+)$/.exec(variable)?.[1];
  if (digits === undefined) return "dark";
  const color = Number(digits);
  return color === 7 || (color >= 9 && color <= 15) ? "light" : "dark";
}

/** A locale that is set decides; where none is, a terminal of today is taken to speak UTF-8. */
function hasUnicode(env: Variables, platform: string): boolean {
  if (env.TERM === "linux" || env.TERM === "dumb") return false;
  if (platform === "win32") return Boolean(env.WT_SESSION) || Boolean(env.TERM_PROGRAM);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return locale === "" || /utf-?8/i.test(locale);
}
