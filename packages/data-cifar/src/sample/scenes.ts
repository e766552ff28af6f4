// What stands behind a subject. Several classes share each scene, so the background is a hint and no answer.
import type { Random } from "@trainscope/core";
import { type Canvas, type Colour, fillConvex, fillEllipse, fillRows, SIDE, strokeLine } from "./canvas.ts";
import { between, chance, darker, lighter, mix, pick, vary, WHITE } from "./chance.ts";

/** Paints all of the canvas. */
export type Scene = (canvas: Canvas, random: Random) => void;

const SKIES: readonly [Colour, ...Colour[]] = [
  [100, 152, 208],
  [140, 184, 226],
  [176, 190, 204],
  [222, 178, 140],
  [96, 108, 156],
];
const GREENS: readonly [Colour, ...Colour[]] = [
  [92, 138, 62],
  [128, 152, 74],
  [70, 112, 66],
  [164, 150, 88],
];
const WALLS: readonly [Colour, ...Colour[]] = [
  [196, 178, 150],
  [150, 162, 176],
  [176, 120, 104],
  [120, 140, 112],
  [200, 192, 178],
];
const FLOORS: readonly [Colour, ...Colour[]] = [
  [134, 92, 58],
  [112, 106, 104],
  [170, 134, 96],
  [126, 70, 76],
];
const WATERS: readonly [Colour, ...Colour[]] = [
  [52, 96, 150],
  [64, 124, 140],
  [92, 112, 126],
  [56, 84, 122],
];

export function sky(canvas: Canvas, random: Random): void {
  paintSky(canvas, random, SIDE);
  if (chance(random, 0.3))
    hills(canvas, random, between(random, 26, 31), vary(random, pick(random, GREENS), 17));
}

export function sea(canvas: Canvas, random: Random): void {
  const horizon = between(random, 8, 15);
  paintSky(canvas, random, horizon);
  if (chance(random, 0.3)) hills(canvas, random, horizon, vary(random, [104, 118, 122], 17));
  const water = vary(random, pick(random, WATERS), 18);
  fillRows(canvas, horizon, SIDE, lighter(water, 0.25), water);
  const ripple = lighter(water, 0.5);
  for (let i = random.integer(7); i > 0; i--) {
    const y = between(random, horizon + 1, SIDE);
    const x = between(random, 0, SIDE);
    strokeLine(canvas, ripple, 0.6, x, y, x + between(random, 2, 7), y, 0.7);
  }
}

export function street(canvas: Canvas, random: Random): void {
  const horizon = between(random, 13, 17);
  if (chance(random, 0.5)) {
    paintSky(canvas, random, horizon);
    if (chance(random, 0.6)) hills(canvas, random, horizon, vary(random, pick(random, GREENS), 17));
  } else {
    const front = vary(random, pick(random, WALLS), 18);
    fillRows(canvas, 0, horizon, front, darker(front, 0.15));
    for (let x = between(random, -3, 4); x < SIDE; x += 8)
      box(canvas, darker(front, 0.5), x, 3, x + 4, horizon - 6);
  }
  const asphalt = vary(random, [112, 110, 112], 24);
  fillRows(canvas, horizon, SIDE, asphalt, darker(asphalt, 0.2));
  if (chance(random, 0.4)) strokeLine(canvas, WHITE, 0.8, 0, 29, SIDE, between(random, 28, 22), 0.9);
}

export function meadow(canvas: Canvas, random: Random): void {
  const horizon = between(random, 5, 14);
  paintSky(canvas, random, horizon);
  const grass = vary(random, pick(random, GREENS), 20);
  if (chance(random, 0.5)) hills(canvas, random, horizon, darker(grass, 0.35));
  fillRows(canvas, horizon, SIDE, lighter(grass, 0.15), darker(grass, 0.15));
  blades(canvas, random, grass, horizon);
}

export function forest(canvas: Canvas, random: Random): void {
  const leaves = vary(random, pick(random, GREENS), 21);
  fillRows(canvas, 0, 24, darker(leaves, 0.35), darker(leaves, 0.15));
  fillRows(canvas, 24, SIDE, darker(leaves, 0.1), vary(random, [120, 96, 60], 17));
  for (let i = 2 + random.integer(4); i > 0; i--) {
    const trunk = vary(random, [86, 66, 50], 18);
    const x = between(random, 0, SIDE);
    strokeLine(
      canvas,
      trunk,
      1,
      x,
      -2,
      x + between(random, -2, 2),
      between(random, 20, 28),
      between(random, 1, 4),
    );
  }
  blobs(canvas, random, leaves, 5);
}

export function room(canvas: Canvas, random: Random): void {
  const wall = vary(random, pick(random, WALLS), 21);
  const edge = between(random, 15, 19);
  fillRows(canvas, 0, edge, lighter(wall, 0.1), wall);
  const floor = vary(random, pick(random, FLOORS), 18);
  fillRows(canvas, edge, SIDE, floor, darker(floor, 0.2));
  if (chance(random, 0.5)) {
    const x = between(random, -4, 18);
    const glass: Colour = chance(random, 0.5) ? vary(random, pick(random, SKIES), 20) : darker(wall, 0.4);
    box(canvas, darker(wall, 0.5), x, between(random, 0, 4), x + 10, 13);
    box(canvas, glass, x + 1, 4, x + 9, 12);
  }
  if (chance(random, 0.4)) {
    const sofa = vary(random, pick(random, FLOORS), 50);
    const x = between(random, -10, 18);
    box(canvas, sofa, x, edge - 6, x + 18, edge + 3);
  }
}

export function pond(canvas: Canvas, random: Random): void {
  const ground = vary(random, pick(random, [...GREENS, ...WATERS, [118, 92, 62]]), 18);
  fillRows(canvas, 0, SIDE, darker(ground, 0.2), lighter(ground, 0.15));
  blobs(canvas, random, mix(ground, [110, 150, 70], 0.5), 6);
}

function paintSky(canvas: Canvas, random: Random, to: number): void {
  const zenith = vary(random, pick(random, SKIES), 17);
  fillRows(canvas, 0, to, zenith, lighter(zenith, between(random, 0.1, 0.6)));
  for (let i = random.integer(4); i > 0; i--) {
    const x = between(random, 0, SIDE);
    const y = between(random, 0, to);
    const cloud = lighter(zenith, between(random, 0.4, 0.9));
    fillEllipse(canvas, cloud, 0.7, x, y, between(random, 3, 8), between(random, 1, 2.5), 1, 0);
    fillEllipse(canvas, cloud, 0.7, x + 2, y - 1.2, between(random, 2, 4), between(random, 1, 2), 1, 0);
  }
}

/** A dark, uneven line of trees or hills that stands on `base`. */
function hills(canvas: Canvas, random: Random, base: number, colour: Colour): void {
  for (let x = between(random, -4, 2); x < SIDE + 4; x += between(random, 4, 9)) {
    fillEllipse(canvas, colour, 1, x, base, between(random, 4, 8), between(random, 1.5, 5), 1, 0);
  }
}

function blades(canvas: Canvas, random: Random, grass: Colour, from: number): void {
  for (let i = random.integer(8); i > 0; i--) {
    const x = between(random, 0, SIDE);
    const y = between(random, from + 2, SIDE);
    const blade = chance(random, 0.5) ? lighter(grass, 0.3) : darker(grass, 0.3);
    strokeLine(canvas, blade, 0.8, x, y, x + between(random, -1, 1), y - 2, 0.8);
  }
}

function blobs(canvas: Canvas, random: Random, colour: Colour, most: number): void {
  for (let i = random.integer(most + 1); i > 0; i--) {
    const radius = between(random, 1.5, 5);
    const shade = vary(random, colour, 24);
    const [x, y] = [between(random, 0, SIDE), between(random, 0, SIDE)];
    fillEllipse(canvas, shade, 0.8, x, y, radius, radius * between(random, 0.4, 0.8), 1, 0);
  }
}

function box(canvas: Canvas, colour: Colour, left: number, top: number, right: number, bottom: number): void {
  fillConvex(canvas, colour, 1, [left, top, right, top, right, bottom, left, bottom]);
}
