// Draws in a subject's own coordinates: the origin in its middle, x to the right, y down, about -1 to 1.
import type { Random } from "@trainscope/core";
import { type Canvas, type Colour, fillConvex, fillEllipse, strokeLine } from "./canvas.ts";

export interface Placement {
  /** The subject's middle, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels of one unit. */
  readonly scale: number;
  /** Width over height, 1 as drawn. */
  readonly stretch: number;
  /** Looks to the left. */
  readonly mirrored: boolean;
  /** Radians, the nose goes down. */
  readonly angle: number;
}

export interface Pen {
  ellipse(colour: Colour, x: number, y: number, radiusX: number, radiusY: number, angle?: number): void;
  line(colour: Colour, fromX: number, fromY: number, toX: number, toY: number, width: number): void;
  /** A convex outline: x, y, x, y, ... */
  polygon(colour: Colour, ...corners: readonly number[]): void;
}

/** Draws one subject about the origin, looking to the right. */
export type Drawing = (pen: Pen, random: Random) => void;

export function createPen(canvas: Canvas, placement: Placement): Pen {
  const { x: originX, y: originY, scale, stretch, mirrored } = placement;
  const side = mirrored ? -1 : 1;
  const cos = Math.cos(placement.angle);
  const sin = Math.sin(placement.angle);
  const toX = (x: number, y: number) => originX + side * scale * (x * stretch * cos - y * sin);
  const toY = (x: number, y: number) => originY + scale * (x * stretch * sin + y * cos);

  function ellipse(colour: Colour, x: number, y: number, radiusX: number, radiusY: number, angle = 0): void {
    const turn = placement.angle + angle;
    const wide = Math.max(0.35, scale * radiusX * stretch);
    const high = Math.max(0.35, scale * radiusY);
    fillEllipse(canvas, colour, 1, toX(x, y), toY(x, y), wide, high, Math.cos(turn), side * Math.sin(turn));
  }

  function line(colour: Colour, x0: number, y0: number, x1: number, y1: number, width: number): void {
    const pixels = Math.max(0.7, width * scale);
    strokeLine(canvas, colour, 1, toX(x0, y0), toY(x0, y0), toX(x1, y1), toY(x1, y1), pixels);
  }

  function polygon(colour: Colour, ...corners: readonly number[]): void {
    const placed: number[] = [];
    for (let i = 0; i < corners.length; i += 2) {
      const x = corners[i] as number;
      const y = corners[i + 1] as number;
      placed.push(toX(x, y), toY(x, y));
    }
    fillConvex(canvas, colour, 1, placed);
  }

  return { ellipse, line, polygon };
}
