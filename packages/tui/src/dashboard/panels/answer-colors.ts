// Colours of right and wrong answers, in bars and in the cells of the confusion matrix.
import type { Paint, Style } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";

type Rgb = readonly [red: number, green: number, blue: number];

interface Ramp {
  /** Beside the terminal's background. */
  readonly low: Rgb;
  readonly right: Rgb;
  readonly wrong: Rgb;
}

/** Blue and vermilion differ for any eye (Okabe & Ito 2008). */
const RAMPS: Readonly<Record<Theme["background"], Ramp>> = {
  dark: { low: [0x1c, 0x20, 0x28], right: [0x56, 0xb4, 0xe9], wrong: [0xf0, 0x80, 0x3c] },
  light: { low: [0xf6, 0xf6, 0xf4], right: [0x00, 0x72, 0xb2], wrong: [0xd5, 0x5e, 0x00] },
};

/** Whether cells can have a shade of their own. */
export function hasShades({ depth }: Theme): boolean {
  return depth === "256" || depth === "truecolor";
}

export function answerColor(right: boolean, theme: Theme): Paint {
  if (!hasShades(theme)) return right ? COLORS.good : COLORS.bad;
  const ramp = RAMPS[theme.background];
  return packed(right ? ramp.right : ramp.wrong);
}

/** How a cell looks that holds a share, 0 to 1, of its row. */
export function heatStyle(share: number, right: boolean, theme: Theme): Style {
  if (!theme.color) return right ? { bold: true } : {};
  if (!hasShades(theme)) return paletteStyle(share, right);
  const ramp = RAMPS[theme.background];
  const target = right ? ramp.right : ramp.wrong;
  // Small shares are most of them, so they get most of the ramp; a wrong answer to every second image is its end.
  const part = Math.max(0, Math.min(1, right ? share : 2 * share)) ** 0.75;
  const shade = mixed(ramp.low, target, part);
  return { color: textOn(shade), background: packed(shade), bold: right };
}

/** Sixteen colours have no shades: what is rare is faint, what is frequent stands out. */
function paletteStyle(share: number, right: boolean): Style {
  if (right) return { color: COLORS.good, bold: true };
  if (share >= 0.15) return { color: COLORS.bad };
  return share >= 0.05 ? { color: COLORS.caution } : { dim: true };
}

/** Near black or near white, whichever has the greater contrast (WCAG 2.2, at least 4.5 for any shade). */
function textOn(shade: Rgb): number {
  const luminance = luminanceOf(shade);
  const onDark = 1.05 / (luminance + 0.05);
  const onLight = (luminance + 0.05) / 0.05;
  return onDark > onLight ? 0xffffff : 0x000000;
}

/** Relative luminance of sRGB, 0 to 1. */
function luminanceOf([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function mixed(from: Rgb, to: Rgb, part: number): Rgb {
  const mix = (start: number, end: number): number => Math.round(start + part * (end - start));
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

function packed([red, green, blue]: Rgb): number {
  return (red << 16) | (green << 8) | blue;
}
