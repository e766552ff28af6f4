// Where a terminal doesn't have every colour: which of those it has is nearest.
import type { Color } from "../text/rows.ts";

/** The steps of the 6 x 6 x 6 cube among the 256 colours, as xterm has them. */
const STEPS = [0, 95, 135, 175, 215, 255] as const;
const CUBE_START = 16;
const GREY_START = 232;
const GREYS = 24;

/** Of the cube and the greys; the first 16 are whatever the terminal's owner has made of them. */
export function nearest256(color: number): number {
  const [red, green, blue] = channels(color);
  const steps = [nearestStep(red), nearestStep(green), nearestStep(blue)] as const;
  const cube = steps.map((step) => STEPS[step] ?? 0);
  const index = Math.max(0, Math.min(GREYS - 1, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const grey = 8 + 10 * index;
  const inCube = distance([red, green, blue], cube);
  if (distance([red, green, blue], [grey, grey, grey]) < inCube) return GREY_START + index;
  return CUBE_START + 36 * steps[0] + 6 * steps[1] + steps[2];
}

function nearestStep(value: number): number {
  // Half-way between two steps: 48, then 115, and from there every 40.
  return value < 48 ? 0 : value < 115 ? 1 : Math.min(5, Math.floor((value - 35) / 40));
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
}

/** Around the circle of hues, 60 degrees each, from red. */
const HUES: readonly Color[] = ["red", "yellow", "green", "cyan", "blue", "magenta"];

/** The palette's colour of the same hue; none for what is nearly grey. */
export function hueName(color: number): Color | undefined {
  const [red, green, blue] = channels(color);
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range < 40) return undefined;
  const sixth =
    most === red
      ? (green - blue) / range
      : most === green
        ? 2 + (blue - red) / range
        : 4 + (red - green) / range;
  return HUES[(Math.round(sixth) + 6) % 6];
}

function channels(color: number): readonly [number, number, number] {
  return [(color >> 16) & 255, (color >> 8) & 255, color & 255];
}
