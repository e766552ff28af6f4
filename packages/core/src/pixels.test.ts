import { expect, test } from "vitest";
import { imagePixels, templatePixels } from "./pixels.ts";

const SHAPE = { width: 2, height: 1, channels: 3 };

test("the least weight is black and the greatest full, over the three channels together", () => {
  // Red plane, green plane, blue plane of two pixels.
  const { rgba } = templatePixels([-1, 0, 1, -0.5, 0.5, 0], SHAPE);
  expect([...rgba]).toEqual([0, 255, 191, 255, 128, 64, 128, 255]);
});

test("one channel is shown in grey", () => {
  const { rgba } = templatePixels([3, 5], { width: 2, height: 1, channels: 1 });
  expect([...rgba]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
});

test("a constant template is grey: nothing is divided by zero", () => {
  for (const value of [0, -7.5, 1e300]) {
    expect([...templatePixels(Array(6).fill(value), SHAPE).rgba]).toEqual([
      128, 128, 128, 255, 128, 128, 128, 255,
    ]);
  }
});

test("weights that are no numbers are grey, infinite ones at the ends, and the rest is scaled without them", () => {
  const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
  const { rgba } = templatePixels([0, none, 1, infinite, 0.2, -infinite], SHAPE);
  expect([...rgba]).toEqual([0, 255, 51, 255, 128, 255, 0, 255]);
});

test("an image's bytes are shown as they are", () => {
  expect([...imagePixels([1, 2, 3, 4, 5, 6], SHAPE).rgba]).toEqual([1, 3, 5, 255, 2, 4, 6, 255]);
});

test("errors name what was found and what was expected", () => {
  expect(() => imagePixels([1, 2, 3], SHAPE)).toThrow("an image of 3 values; expected 2 x 1 x 3 = 6");
  expect(() => imagePixels([1, 2], { width: 1, height: 1, channels: 2 })).toThrow("an image of 2 channels");
});
