import { expect, it } from "vitest";
import { HEAT_COLOURS } from "../theme.ts";
import { matrixPixels } from "./matrix-pixels.ts";

const hex = (rgba: ArrayLike<number>, at: number) =>
  `#${[0, 1, 2].map((channel) => (rgba[4 * at + channel] ?? 0).toString(16).padStart(2, "0")).join("")}`;

it("goes from 0 to the greatest in the heat maps' colours; what is missing is paper", () => {
  const { width, height, rgba } = matrixPixels([[0, 8, null], [4]]);
  expect([width, height]).toEqual([3, 2]);
  const colours = [0, 1, 2, 3, 4, 5].map((at) => hex(rgba, at));
  const [low, middle, high] = [HEAT_COLOURS[0], HEAT_COLOURS[4], HEAT_COLOURS[8]];
  expect(colours).toEqual([low, high, "#ffffff", middle, "#ffffff", "#ffffff"]);
  expect(rgba.filter((_, index) => index % 4 === 3)).toEqual(new Uint8ClampedArray(6).fill(255));
});

it("begins at the least entry where that is below 0; equal entries have one colour, and no rows are no picture", () => {
  const { rgba } = matrixPixels([[-1, 0, 1]]);
  expect([0, 1, 2].map((at) => hex(rgba, at))).toEqual([HEAT_COLOURS[0], HEAT_COLOURS[4], HEAT_COLOURS[8]]);
  expect(hex(matrixPixels([[0, 0]]).rgba, 1)).toBe(HEAT_COLOURS[0]);
  expect(matrixPixels([])).toMatchObject({ width: 0, height: 0 });
});
