import { templatePixels } from "@trainscope/core/pixels";
import { expect, test } from "vitest";
import { pixelsOfImage, templatesOf } from "./pixels.ts";

const SHAPE = { width: 4, height: 4, channels: 3 };
const weights = Float64Array.from({ length: 96 }, (_, i) => Math.sin(i * i));
const PARAMETERS = { classes: 2, inputs: 48, weights, biases: Float64Array.of(0, 0) };

test("a template in its own size is the one that exporters draw", () => {
  const [, second] = templatesOf(PARAMETERS, SHAPE, { width: 32, height: 32 });
  expect(second).toEqual(templatePixels(weights.subarray(48), SHAPE));
});

test("a template that is made smaller still goes from black to full colour", () => {
  for (const { rgba, width, height } of templatesOf(PARAMETERS, SHAPE, { width: 2, height: 2 })) {
    const colors = [...rgba].filter((_, i) => i % 4 < 3);
    expect([width, height]).toEqual([2, 2]);
    expect([Math.min(...colors), Math.max(...colors)]).toEqual([0, 255]);
  }
});

test("templates are made once for the same parameters and size", () => {
  const parameters = { ...PARAMETERS };
  const size = { width: 4, height: 4 };
  const before = templatesOf(parameters, SHAPE, size);
  expect(templatesOf(parameters, SHAPE, size)).toBe(before);
  expect(templatesOf({ ...parameters }, SHAPE, size)).not.toBe(before);
});

test("an image's pixels are the same object as long as it was shown of late, and thousands don't pile up", () => {
  let made = 0;
  const imageOf = () => {
    made++;
    return new Uint8Array(48);
  };
  const first = pixelsOfImage(imageOf, 0, SHAPE);
  for (let index = 1; index < 200; index++) pixelsOfImage(imageOf, index, SHAPE);
  expect(pixelsOfImage(imageOf, 0, SHAPE)).toBe(first);
  expect(made).toBe(200);
  for (let index = 200; index < 1000; index++) pixelsOfImage(imageOf, index, SHAPE);
  expect(pixelsOfImage(imageOf, 0, SHAPE)).not.toBe(first);
});
