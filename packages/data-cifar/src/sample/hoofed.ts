// Deer and horse, each in two poses.
import type { Random } from "@trainscope/core";
import type { Colour } from "./canvas.ts";
import { BLACK, between, chance, darker, lighter, pick, vary, WHITE } from "./chance.ts";
import type { Pen } from "./pen.ts";

const COATS: readonly [Colour, ...Colour[]] = [
  [120, 74, 42],
  [70, 48, 36],
  [162, 112, 66],
  [214, 206, 194],
  [46, 42, 42],
];

const coat = (random: Random) => vary(random, pick(random, COATS), 18);

export function deerStanding(pen: Pen, random: Random): void {
  const hide = vary(random, [164, 112, 66], 24);
  const dark = darker(hide, 0.35);
  const step = between(random, -0.08, 0.08);
  for (const x of [-0.5, -0.36, 0.2, 0.34]) pen.line(dark, x, 0.2, x + step, 0.96, 0.08);
  pen.ellipse(hide, -0.08, 0.1, 0.54, 0.24);
  pen.ellipse(WHITE, -0.6, 0.04, 0.1, 0.13);
  if (chance(random, 0.5)) for (const x of [-0.34, -0.14, 0.06]) pen.ellipse(WHITE, x, 0.02, 0.05, 0.05);
  pen.polygon(hide, 0.14, 0.06, 0.44, 0.14, 0.62, -0.44, 0.42, -0.48);
  pen.ellipse(hide, 0.64, -0.46, 0.24, 0.12, 0.25);
  pen.ellipse(dark, 0.86, -0.4, 0.06, 0.06);
  pen.ellipse(hide, 0.38, -0.58, 0.14, 0.06, 0.5);
  pen.ellipse(BLACK, 0.6, -0.5, 0.05, 0.05);
  if (chance(random, 0.75)) antlers(pen, 0.52, -0.56);
}

export function deerFacing(pen: Pen, random: Random): void {
  const hide = vary(random, [160, 110, 66], 24);
  for (const x of [-0.2, 0.2]) pen.line(darker(hide, 0.35), x, 0.5, x, 0.98, 0.1);
  pen.ellipse(hide, 0, 0.46, 0.34, 0.38);
  pen.ellipse(lighter(hide), 0, 0.4, 0.15, 0.3);
  pen.polygon(hide, -0.17, 0.3, -0.14, -0.3, 0.14, -0.3, 0.17, 0.3);
  for (const side of [-1, 1]) {
    pen.ellipse(darker(hide, 0.2), side * 0.36, -0.4, 0.2, 0.09, side * -0.4);
    pen.line([104, 82, 58], side * 0.1, -0.5, side * 0.3, -0.98, 0.06);
    pen.line([104, 82, 58], side * 0.22, -0.76, side * 0.5, -0.92, 0.05);
  }
  pen.ellipse(hide, 0, -0.28, 0.2, 0.32);
  pen.ellipse(BLACK, 0, -0.02, 0.09, 0.07);
  for (const side of [-1, 1]) pen.ellipse(BLACK, side * 0.12, -0.32, 0.05, 0.06);
}

export function horseStanding(pen: Pen, random: Random): void {
  const hide = coat(random);
  const mane = chance(random, 0.6) ? darker(hide, 0.7) : lighter(hide, 0.6);
  const step = between(random, -0.1, 0.1);
  pen.line(mane, -0.66, -0.08, -0.86, 0.5, 0.16);
  for (const x of [-0.54, 0.3]) pen.line(darker(hide, 0.35), x, 0.1, x - step, 0.92, 0.13);
  for (const x of [-0.4, 0.16]) pen.line(darker(hide, 0.15), x, 0.1, x + step, 0.94, 0.13);
  pen.ellipse(hide, -0.12, 0.06, 0.62, 0.29);
  pen.polygon(hide, 0.08, -0.04, 0.46, 0.16, 0.78, -0.5, 0.46, -0.62);
  pen.line(mane, 0.12, -0.14, 0.46, -0.66, 0.13);
  pen.polygon(hide, 0.5, -0.74, 0.7, -0.74, 1.04, -0.32, 0.9, -0.2, 0.56, -0.4);
  pen.polygon(hide, 0.5, -0.68, 0.64, -0.7, 0.54, -0.92);
  pen.ellipse(BLACK, 0.7, -0.56, 0.05, 0.05);
}

export function horseHead(pen: Pen, random: Random): void {
  const hide = coat(random);
  const mane = chance(random, 0.6) ? darker(hide, 0.7) : lighter(hide, 0.6);
  pen.polygon(hide, -0.9, 1.1, -0.36, -0.5, 0.16, -0.36, 0.2, 1.1);
  pen.line(mane, -0.8, 0.9, -0.36, -0.56, 0.24);
  pen.polygon(hide, -0.3, -0.7, 0.08, -0.7, 0.7, 0.1, 0.54, 0.36, -0.14, 0);
  pen.ellipse(darker(hide, 0.3), 0.6, 0.2, 0.19, 0.17);
  pen.polygon(hide, -0.3, -0.6, -0.04, -0.66, -0.2, -1);
  pen.polygon(mane, -0.14, -0.7, 0.1, -0.64, 0.06, -0.34);
  if (chance(random, 0.4)) pen.line(WHITE, 0.14, -0.5, 0.5, 0.02, 0.1);
  pen.ellipse(BLACK, 0.06, -0.38, 0.07, 0.07);
  pen.ellipse(BLACK, 0.66, 0.16, 0.05, 0.05);
}

function antlers(pen: Pen, x: number, y: number): void {
  const horn: Colour = [104, 82, 58];
  pen.line(horn, x, y, x - 0.14, y - 0.42, 0.05);
  pen.line(horn, x + 0.06, y, x + 0.16, y - 0.42, 0.05);
  pen.line(horn, x - 0.07, y - 0.2, x - 0.28, y - 0.3, 0.04);
  pen.line(horn, x + 0.11, y - 0.2, x + 0.32, y - 0.32, 0.04);
}
