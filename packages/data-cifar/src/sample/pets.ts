// Cat and dog, each in two poses.
import type { Random } from "@trainscope/core";
import type { Colour } from "./canvas.ts";
import { BLACK, between, chance, darker, lighter, pick, vary, WHITE } from "./chance.ts";
import type { Pen } from "./pen.ts";

const FURS: readonly [Colour, ...Colour[]] = [
  [206, 140, 76],
  [86, 84, 86],
  [222, 212, 196],
  [52, 48, 48],
  [140, 104, 72],
];
const PINK: Colour = [214, 130, 126];

const fur = (random: Random) => vary(random, pick(random, FURS), 20);

export function catSitting(pen: Pen, random: Random): void {
  const hair = fur(random);
  const stripe = darker(hair, 0.4);
  pen.line(stripe, 0.4, 0.76, 0.82, 0.6, 0.15);
  pen.line(stripe, 0.82, 0.6, 0.86, 0.24, 0.14);
  pen.ellipse(hair, 0, 0.48, 0.44, 0.48);
  pen.ellipse(lighter(hair), 0, 0.52, 0.2, 0.34);
  for (const side of [-1, 1]) {
    pen.polygon(hair, side * 0.12, -0.54, side * 0.46, -0.34, side * 0.46, -0.94);
    pen.polygon(PINK, side * 0.24, -0.54, side * 0.39, -0.46, side * 0.4, -0.76);
  }
  pen.ellipse(hair, 0, -0.28, 0.48, 0.4);
  for (const x of [-0.14, 0, 0.14]) pen.line(stripe, x, -0.62, x, -0.48, 0.06);
  faceOf(pen, chance(random, 0.6) ? [150, 200, 80] : [230, 190, 70]);
  for (const side of [-1, 1]) pen.line(WHITE, side * 0.2, -0.12, side * 0.66, -0.16, 0.03);
}

export function catWalking(pen: Pen, random: Random): void {
  const hair = fur(random);
  const stripe = darker(hair, 0.4);
  pen.line(stripe, -0.6, -0.06, -0.86, -0.5, 0.12);
  pen.line(stripe, -0.86, -0.5, -0.72, -0.86, 0.11);
  for (const x of [-0.5, -0.28, 0.24, 0.44]) pen.line(darker(hair, 0.2), x, 0.2, x + 0.02, 0.72, 0.14);
  pen.ellipse(hair, -0.06, 0.12, 0.66, 0.25);
  for (const x of [-0.4, -0.16, 0.08]) pen.line(stripe, x, -0.08, x - 0.04, 0.14, 0.07);
  pen.polygon(hair, 0.38, -0.28, 0.6, -0.34, 0.42, -0.68);
  pen.polygon(hair, 0.66, -0.34, 0.86, -0.24, 0.86, -0.66);
  pen.ellipse(hair, 0.62, -0.16, 0.3, 0.25);
  pen.ellipse([160, 200, 90], 0.54, -0.2, 0.06, 0.07);
  pen.ellipse([160, 200, 90], 0.76, -0.2, 0.06, 0.07);
  pen.ellipse(PINK, 0.66, -0.07, 0.05, 0.04);
}

export function dogStanding(pen: Pen, random: Random): void {
  const hair = fur(random);
  const ear = darker(hair, 0.45);
  pen.line(hair, -0.6, 0, -0.9, between(random, -0.55, -0.2), 0.13);
  for (const x of [-0.5, -0.34, 0.2, 0.36]) pen.line(darker(hair, 0.2), x, 0.2, x, 0.76, 0.17);
  pen.ellipse(hair, -0.06, 0.1, 0.62, 0.28);
  if (chance(random, 0.4)) pen.ellipse(ear, -0.2, 0.02, 0.24, 0.17);
  pen.polygon(hair, 0.2, 0.1, 0.5, 0.16, 0.66, -0.3, 0.36, -0.36);
  pen.ellipse(hair, 0.54, -0.34, 0.28, 0.25);
  pen.ellipse(lighter(hair, 0.25), 0.82, -0.24, 0.2, 0.12);
  pen.ellipse(BLACK, 0.98, -0.28, 0.08, 0.07);
  pen.ellipse(BLACK, 0.64, -0.42, 0.06, 0.06);
  pen.ellipse(ear, 0.38, -0.26, 0.12, 0.25);
}

export function dogFacing(pen: Pen, random: Random): void {
  const hair = fur(random);
  const ear = darker(hair, 0.45);
  pen.ellipse(hair, 0, 0.66, 0.46, 0.42);
  pen.ellipse(lighter(hair), 0, 0.7, 0.2, 0.3);
  pen.ellipse(hair, 0, -0.18, 0.5, 0.48);
  if (chance(random, 0.4)) pen.ellipse(ear, 0.2, -0.3, 0.2, 0.2);
  for (const side of [-1, 1]) {
    pen.ellipse(ear, side * 0.52, -0.12, 0.17, 0.42, side * -0.2);
    pen.ellipse(BLACK, side * 0.2, -0.3, 0.08, 0.09);
  }
  pen.ellipse(lighter(hair, 0.5), 0, 0.06, 0.26, 0.22);
  pen.ellipse(BLACK, 0, -0.06, 0.12, 0.08);
  if (chance(random, 0.7)) pen.ellipse([220, 96, 100], 0, 0.28, 0.1, 0.15);
}

/** Two eyes and a nose of a head that looks at us. */
function faceOf(pen: Pen, iris: Colour): void {
  for (const side of [-1, 1]) {
    pen.ellipse(iris, side * 0.2, -0.32, 0.11, 0.1);
    pen.ellipse(BLACK, side * 0.2, -0.32, 0.04, 0.08);
  }
  pen.ellipse(PINK, 0, -0.16, 0.07, 0.05);
}
