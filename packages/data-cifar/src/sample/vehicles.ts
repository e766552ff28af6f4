// Airplane, automobile, ship and truck, each in two views.
import type { Random } from "@trainscope/core";
import type { Colour } from "./canvas.ts";
import { BLACK, between, chance, darker, lighter, pick, vary, WHITE } from "./chance.ts";
import type { Pen } from "./pen.ts";

const PAINTS: readonly [Colour, ...Colour[]] = [
  [196, 44, 40],
  [40, 78, 160],
  [226, 226, 222],
  [44, 46, 52],
  [224, 180, 50],
  [58, 120, 78],
  [150, 154, 160],
];
const GLASS: Colour = [64, 84, 104];
const LAMP: Colour = [250, 236, 170];

const paint = (random: Random) => vary(random, pick(random, PAINTS), 22);
const hull = (random: Random) => vary(random, chance(random, 0.6) ? [214, 216, 220] : pick(random, PAINTS), 22);

export function airplaneFromTheSide(pen: Pen, random: Random): void {
  const body = hull(random);
  const trim = paint(random);
  pen.polygon(darker(body, 0.25), 0.1, -0.04, -0.18, -0.04, -0.5, -0.46, -0.34, -0.46);
  pen.polygon(trim, -0.62, -0.08, -0.96, -0.08, -1.04, -0.52, -0.86, -0.52);
  pen.ellipse(body, 0, 0, 1, 0.17);
  pen.line(trim, -0.8, 0.03, 0.75, 0.03, 0.05);
  pen.ellipse(GLASS, 0.82, -0.06, 0.1, 0.06);
  for (let x = -0.5; x < 0.6; x += 0.26) pen.ellipse(GLASS, x, -0.06, 0.05, 0.05);
  pen.polygon(darker(body, 0.35), 0.28, 0.05, -0.16, 0.05, -0.62, 0.52, -0.4, 0.52);
  pen.ellipse(darker(trim, 0.4), -0.08, 0.28, 0.16, 0.08);
}

export function airplaneFromBelow(pen: Pen, random: Random): void {
  const body = hull(random);
  const wing = darker(body, 0.25);
  const sweep = between(random, 0.2, 0.5);
  for (const side of [-1, 1]) {
    pen.polygon(wing, 0.3, 0, -0.1, 0, -sweep - 0.1, side * 0.95, 0.05 - sweep, side * 0.95);
    pen.polygon(wing, -0.7, 0, -0.9, 0, -1.02, side * 0.38, -0.9, side * 0.38);
    pen.ellipse(darker(body, 0.6), 0.05, side * 0.4, 0.14, 0.07);
  }
  pen.ellipse(body, 0, 0, 1, 0.15);
  pen.ellipse(GLASS, 0.8, 0, 0.1, 0.07);
}

export function automobileFromTheSide(pen: Pen, random: Random): void {
  const body = paint(random);
  const roof = between(random, -0.5, -0.36);
  pen.ellipse(BLACK, 0, 0.44, 1, 0.07);
  pen.polygon(body, -0.62, -0.02, -0.36, roof, 0.28, roof, 0.62, -0.02);
  pen.polygon(GLASS, -0.48, -0.02, -0.31, roof + 0.08, -0.06, roof + 0.08, -0.06, -0.02);
  pen.polygon(GLASS, 0.03, -0.02, 0.03, roof + 0.08, 0.24, roof + 0.08, 0.46, -0.02);
  pen.polygon(body, -1, 0.3, -0.98, 0, -0.55, -0.06, 0.6, -0.06, 0.96, 0.06, 1, 0.3);
  pen.line(darker(body, 0.4), -0.95, 0.28, 0.95, 0.28, 0.08);
  pen.ellipse(LAMP, 0.92, 0.1, 0.07, 0.06);
  pen.ellipse([190, 30, 30], -0.94, 0.08, 0.05, 0.06);
  wheel(pen, -0.56, 0.3, 0.21);
  wheel(pen, 0.58, 0.3, 0.21);
}

export function automobileFromTheFront(pen: Pen, random: Random): void {
  const body = paint(random);
  pen.polygon(BLACK, -0.7, 0.3, -0.44, 0.3, -0.44, 0.56, -0.7, 0.56);
  pen.polygon(BLACK, 0.7, 0.3, 0.44, 0.3, 0.44, 0.56, 0.7, 0.56);
  pen.polygon(body, -0.56, -0.08, -0.4, -0.5, 0.4, -0.5, 0.56, -0.08);
  pen.polygon(GLASS, -0.45, -0.1, -0.33, -0.42, 0.33, -0.42, 0.45, -0.1);
  pen.polygon(body, -0.76, 0.4, -0.74, 0, -0.6, -0.12, 0.6, -0.12, 0.74, 0, 0.76, 0.4);
  pen.polygon(darker(body, 0.6), -0.34, 0.3, -0.34, 0.08, 0.34, 0.08, 0.34, 0.3);
  pen.ellipse(LAMP, -0.55, 0.12, 0.14, 0.1);
  pen.ellipse(LAMP, 0.55, 0.12, 0.14, 0.1);
}

export function shipWithFunnels(pen: Pen, random: Random): void {
  const side = paint(random);
  const house = vary(random, [228, 226, 220], 18);
  pen.line(darker(house, 0.6), 0.5, 0.1, 0.5, -0.75, 0.05);
  pen.polygon(house, -0.66, 0.16, -0.62, -0.16, 0.36, -0.16, 0.44, 0.16);
  pen.polygon(lighter(house), -0.44, -0.16, -0.42, -0.38, 0.14, -0.38, 0.2, -0.16);
  for (let x = -0.5; x < 0.35; x += 0.22) pen.ellipse(GLASS, x, 0, 0.05, 0.05);
  const funnel = paint(random);
  for (let i = random.integer(2); i >= 0; i--) {
    const x = -0.3 + 0.3 * i;
    pen.polygon(funnel, x - 0.09, -0.36, x - 0.12, -0.74, x + 0.06, -0.74, x + 0.09, -0.36);
    pen.line(BLACK, x - 0.1, -0.7, x + 0.05, -0.7, 0.09);
  }
  pen.polygon(side, -0.84, 0.48, -0.98, 0.12, 1.02, 0.08, 0.74, 0.48);
  pen.line(darker(side, 0.5), -0.82, 0.46, 0.72, 0.46, 0.1);
  pen.line(WHITE, -0.9, 0.56, 0.86, 0.56, 0.07);
}

export function shipWithSails(pen: Pen, random: Random): void {
  const sail = vary(random, pick(random, [WHITE, WHITE, [206, 120, 70], [226, 210, 170]]), 16);
  const side = paint(random);
  pen.line([92, 68, 48], 0, 0.4, 0, -0.98, 0.06);
  pen.polygon(sail, -0.06, 0.24, -0.06, -0.92, -0.66, 0.24);
  pen.polygon(darker(sail, 0.18), 0.06, 0.24, 0.06, -0.78, 0.62, 0.24);
  pen.polygon(side, -0.56, 0.58, -0.82, 0.32, 0.86, 0.32, 0.52, 0.58);
  pen.line(WHITE, -0.6, 0.64, 0.6, 0.64, 0.06);
}

export function lorry(pen: Pen, random: Random): void {
  const cab = paint(random);
  const load = chance(random, 0.5) ? vary(random, [220, 218, 210], 22) : paint(random);
  pen.ellipse(BLACK, 0, 0.56, 1, 0.07);
  pen.polygon(load, -1, 0.28, -1, -0.6, 0.3, -0.6, 0.3, 0.28);
  if (chance(random, 0.5)) pen.line(paint(random), -0.86, -0.16, 0.16, -0.16, 0.16);
  pen.polygon(cab, 0.36, 0.34, 0.36, -0.36, 0.76, -0.36, 0.98, 0.02, 1, 0.34);
  pen.polygon(GLASS, 0.54, -0.02, 0.54, -0.27, 0.72, -0.27, 0.86, -0.02);
  pen.polygon(darker(load, 0.6), -1, 0.36, -1, 0.26, 0.98, 0.26, 0.98, 0.36);
  pen.ellipse(LAMP, 0.95, 0.18, 0.06, 0.06);
  wheel(pen, -0.74, 0.4, 0.19);
  wheel(pen, -0.3, 0.4, 0.19);
  wheel(pen, 0.66, 0.4, 0.19);
}

export function truckFromTheFront(pen: Pen, random: Random): void {
  const cab = paint(random);
  const load = vary(random, [206, 204, 200], 26);
  pen.polygon(load, -0.62, 0.3, -0.62, -0.9, 0.62, -0.9, 0.62, 0.3);
  pen.polygon(BLACK, -0.6, 0.4, -0.34, 0.4, -0.34, 0.72, -0.6, 0.72);
  pen.polygon(BLACK, 0.6, 0.4, 0.34, 0.4, 0.34, 0.72, 0.6, 0.72);
  pen.polygon(cab, -0.6, 0.54, -0.56, -0.56, 0.56, -0.56, 0.6, 0.54);
  pen.polygon(GLASS, -0.46, -0.1, -0.44, -0.44, 0.44, -0.44, 0.46, -0.1);
  pen.polygon(darker(cab, 0.65), -0.28, 0.36, -0.28, 0.04, 0.28, 0.04, 0.28, 0.36);
  pen.ellipse(LAMP, -0.45, 0.28, 0.11, 0.1);
  pen.ellipse(LAMP, 0.45, 0.28, 0.11, 0.1);
  pen.line([170, 170, 172], -0.6, 0.5, 0.6, 0.5, 0.08);
}

function wheel(pen: Pen, x: number, y: number, radius: number): void {
  pen.ellipse(BLACK, x, y, radius, radius);
  pen.ellipse([168, 168, 172], x, y, radius * 0.45, radius * 0.45);
}
