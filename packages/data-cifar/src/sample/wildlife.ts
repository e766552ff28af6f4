// Bird and frog, each in two poses.
import type { Random } from "@trainscope/core";
import type { Colour } from "./canvas.ts";
import { BLACK, between, darker, lighter, pick, vary } from "./chance.ts";
import type { Pen } from "./pen.ts";

const FEATHERS: readonly [Colour, ...Colour[]] = [
  [120, 96, 74],
  [60, 62, 72],
  [196, 70, 52],
  [70, 112, 178],
  [226, 222, 212],
  [214, 176, 62],
];
const FROGS: readonly [Colour, ...Colour[]] = [
  [98, 154, 52],
  [72, 120, 50],
  [132, 128, 66],
  [120, 92, 58],
  [150, 186, 60],
];
const BEAK: Colour = [226, 150, 48];

export function birdOnItsFeet(pen: Pen, random: Random): void {
  const feather = vary(random, pick(random, FEATHERS), 22);
  const belly = lighter(feather, between(random, 0.1, 0.7));
  for (const x of [-0.06, 0.12]) pen.line(BEAK, x, 0.4, x + 0.04, 0.8, 0.05);
  pen.polygon(darker(feather), -0.42, -0.02, -0.42, 0.2, -1, 0.36, -1, 0.2);
  pen.ellipse(belly, 0, 0.14, 0.56, 0.36, -0.35);
  pen.ellipse(feather, -0.12, 0.06, 0.5, 0.24, -0.1);
  pen.ellipse(darker(feather, 0.35), -0.2, 0.1, 0.38, 0.15, 0.15);
  pen.polygon(BEAK, 0.62, -0.4, 0.62, -0.24, 0.94, -0.28);
  pen.ellipse(feather, 0.44, -0.34, 0.25, 0.24);
  pen.ellipse(BLACK, 0.52, -0.38, 0.06, 0.06);
}

export function birdInFlight(pen: Pen, random: Random): void {
  const feather = vary(random, pick(random, FEATHERS), 22);
  const lift = between(random, 0.4, 0.95);
  pen.polygon(darker(feather, 0.45), 0.3, -0.04, -0.1, -0.04, -0.5, -lift * 0.8, -0.3, -lift * 0.9);
  pen.polygon(darker(feather), -0.4, 0, -0.4, 0.14, -0.95, 0.24, -0.9, 0);
  pen.ellipse(feather, 0, 0.06, 0.55, 0.19);
  pen.ellipse(feather, 0.52, -0.02, 0.18, 0.15);
  pen.polygon(BEAK, 0.66, -0.08, 0.66, 0.05, 0.92, 0);
  pen.ellipse(BLACK, 0.57, -0.05, 0.05, 0.05);
  pen.polygon(lighter(feather, 0.25), 0.28, 0.04, -0.26, 0.04, -0.12, -lift, 0.06, -lift);
}

export function frogFacing(pen: Pen, random: Random): void {
  const skin = vary(random, pick(random, FROGS), 22);
  const dark = darker(skin, 0.35);
  for (const side of [-1, 1]) {
    pen.ellipse(dark, side * 0.66, 0.32, 0.34, 0.24, side * -0.5);
    pen.line(dark, side * 0.4, 0.6, side * 0.86, 0.64, 0.12);
    pen.line(dark, side * 0.2, 0.4, side * 0.24, 0.7, 0.13);
  }
  pen.ellipse(skin, 0, 0.26, 0.6, 0.42);
  pen.ellipse(lighter(skin, 0.55), 0, 0.42, 0.4, 0.24);
  pen.ellipse(skin, 0, -0.08, 0.56, 0.34);
  for (const side of [-1, 1]) {
    pen.ellipse(skin, side * 0.34, -0.38, 0.22, 0.22);
    pen.ellipse([236, 220, 110], side * 0.34, -0.4, 0.14, 0.14);
    pen.ellipse(BLACK, side * 0.34, -0.4, 0.08, 0.08);
  }
  pen.line(darker(skin, 0.65), -0.4, 0.02, 0, 0.1, 0.06);
  pen.line(darker(skin, 0.65), 0, 0.1, 0.4, 0.02, 0.06);
}

export function frogFromTheSide(pen: Pen, random: Random): void {
  const skin = vary(random, pick(random, FROGS), 22);
  const dark = darker(skin, 0.35);
  pen.ellipse(skin, -0.06, 0.14, 0.7, 0.34, -0.4);
  pen.ellipse(lighter(skin, 0.5), 0.2, 0.28, 0.38, 0.2, -0.4);
  pen.ellipse(skin, 0.52, -0.2, 0.38, 0.25, 0.1);
  pen.ellipse(skin, 0.46, -0.44, 0.18, 0.18);
  pen.ellipse([236, 220, 110], 0.5, -0.45, 0.11, 0.11);
  pen.ellipse(BLACK, 0.52, -0.45, 0.06, 0.07);
  pen.line(darker(skin, 0.65), 0.46, -0.12, 0.88, -0.14, 0.05);
  for (let i = random.integer(4); i > 0; i--) pen.ellipse(dark, between(random, -0.5, 0.1), 0, 0.1, 0.07);
  pen.ellipse(dark, -0.48, 0.4, 0.4, 0.2, -0.3);
  pen.line(dark, -0.7, 0.62, -0.1, 0.66, 0.12);
  pen.line(dark, 0.34, 0.26, 0.42, 0.66, 0.13);
}
