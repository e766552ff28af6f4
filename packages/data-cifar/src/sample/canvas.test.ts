import { describe, expect, it } from "vitest";
import { type Colour, createCanvas, fillConvex, fillEllipse, fillRows, SIDE, strokeLine } from "./canvas.ts";
import { createPen } from "./pen.ts";

const INK: Colour = [200, 100, 50];
const total = (plane: Float32Array) => plane.reduce((sum, value) => sum + value, 0);

describe("canvas", () => {
  it("covers as many pixels as a shape's area, wherever its edges fall between them", () => {
    for (const shift of [0, 0.25, 0.5, 0.9]) {
      const square = createCanvas();
      fillConvex(square, INK, 1, [8 + shift, 8, 18 + shift, 8, 18 + shift, 20, 8 + shift, 20]);
      expect(total(square.red) / 200).toBeCloseTo(120, 0);
      const disc = createCanvas();
      fillEllipse(disc, INK, 1, 15 + shift, 16, 8, 5, 1, 0);
      expect(Math.abs(total(disc.green) / 100 - Math.PI * 40)).toBeLessThan(2);
    }
  });

  it("draws an outline in either sense alike", () => {
    const [one, other] = [createCanvas(), createCanvas()];
    fillConvex(one, INK, 1, [3, 4, 20, 9, 11, 25]);
    fillConvex(other, INK, 1, [11, 25, 20, 9, 3, 4]);
    for (let i = 0; i < one.blue.length; i++) expect(one.blue[i]).toBeCloseTo(other.blue[i] ?? Number.NaN, 3);
  });

  it("clips what reaches over the edges", () => {
    const canvas = createCanvas();
    fillEllipse(canvas, INK, 1, 0, 0, 100, 100, 1, 0);
    expect(canvas.red.every((value) => value === 200)).toBe(true);
    strokeLine(canvas, INK, 1, -50, -50, 90, 90, 4);
    fillConvex(canvas, INK, 1, [-90, -90, -80, -90, -80, -80]);
    fillRows(canvas, -5, SIDE + 5, INK, INK);
    expect(canvas.red.every((value) => value === 200)).toBe(true);
  });

  it("mixes by opacity", () => {
    const canvas = createCanvas();
    fillRows(canvas, 0, SIDE, [100, 100, 100], [100, 100, 100]);
    strokeLine(canvas, INK, 0.25, 4.5, 16.5, 28.5, 16.5, 5);
    expect(canvas.red[16 * SIDE + 16]).toBeCloseTo(125);
    expect(canvas.red[0]).toBe(100);
  });
});

describe("pen", () => {
  it("mirrors a drawing about its middle", () => {
    const place = { x: 16, y: 16, scale: 12, stretch: 1.1, angle: 0.3 };
    const [right, left] = [false, true].map((mirrored) => {
      const canvas = createCanvas();
      const pen = createPen(canvas, { ...place, mirrored });
      pen.ellipse(INK, 0.2, -0.1, 0.6, 0.2, 0.5);
      pen.polygon(INK, 0.5, 0, 1, 0, 0.7, 0.8);
      pen.line(INK, -0.9, 0.5, 0, 0.7, 0.1);
      return canvas.red;
    });
    for (let i = 0; i < SIDE * SIDE; i++) {
      const mirror = i - (i % SIDE) + (SIDE - 1 - (i % SIDE));
      expect(left?.[i]).toBeCloseTo(right?.[mirror] ?? Number.NaN, 2);
    }
  });
});
