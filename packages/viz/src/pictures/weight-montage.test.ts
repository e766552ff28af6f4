import { type ImageShape, inputCount } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { describe, expect, test } from "vitest";
import { CLASS_NAMES, RGB, seededWeights } from "../testing/fixtures.ts";
import { decodePicture } from "../testing/golden.ts";
import { layOutWeightMontage, renderWeightMontage } from "./weight-montage.ts";

function montageOf(classNames: readonly string[], shape: ImageShape, enlarge?: number) {
  const classes = classNames.length;
  const parameters = { classes, inputs: inputCount(shape), weights: seededWeights(classes, shape) };
  return { parameters, classNames, shape, enlarge };
}

/** The colour a weight is to have, worked out anew: its place between the least and the greatest of its row. */
function expectedColour(row: Float32Array, index: number): number {
  const sorted = row.toSorted();
  const [least = 0, greatest = 0] = [sorted[0], sorted.at(-1)];
  return Math.round((255 * (Number(row[index]) - least)) / (greatest - least));
}

/** Checks every device pixel of every template. */
function expectExactBlocks(
  picture: Awaited<ReturnType<typeof decodePicture>>,
  montage: ReturnType<typeof montageOf>,
): void {
  const { parameters, shape, classNames } = montage;
  const plane = shape.width * shape.height;
  const { images } = layOutWeightMontage(montage);
  expect(images.map(({ label }) => label)).toEqual(classNames);
  images.forEach(({ x, y, enlarge }, k) => {
    const row = parameters.weights.slice(k * parameters.inputs, (k + 1) * parameters.inputs);
    const colours = Array.from(row, (_, index) => expectedColour(row, index));
    for (let dy = 0; dy < shape.height * enlarge; dy++) {
      for (let dx = 0; dx < shape.width * enlarge; dx++) {
        const pixel = Math.floor(dy / enlarge) * shape.width + Math.floor(dx / enlarge);
        const at = 4 * ((y + dy) * picture.width + x + dx);
        for (let channel = 0; channel < 3; channel++) {
          const expected = colours[shape.channels === 1 ? pixel : channel * plane + pixel];
          const found = picture.data[at + channel];
          if (found !== expected) expect.fail(`class ${k}, pixel ${pixel}: ${found}, expected ${expected}`);
        }
      }
    }
  });
}

describe("every weight is an exact block of its scaled colour", () => {
  const cases = [
    montageOf(CLASS_NAMES.slice(0, 3), { width: 16, height: 16, channels: 3 }, 1),
    montageOf(CLASS_NAMES.slice(0, 2), { width: 7, height: 5, channels: 3 }, 3),
    montageOf(["zero", "one", "two", "three"], { width: 9, height: 9, channels: 1 }, 4),
  ];
  for (const montage of cases) {
    const { width, height, channels } = montage.shape;
    test(`${width} x ${height} x ${channels}, enlarged ${montage.enlarge} times`, async () => {
      expectExactBlocks(await decodePicture(renderWeightMontage(montage, "png")), montage);
    });
  }
});

test("a template of 32 x 32 is 256 device pixels wide by default, ten of them in two rows", async () => {
  const { images, width } = layOutWeightMontage(montageOf(CLASS_NAMES, RGB));
  expect(images[0]?.enlarge).toBe(8);
  expect(new Set(images.map(({ y }) => y)).size).toBe(2);
  const picture = await decodePicture(renderWeightMontage(montageOf(CLASS_NAMES, RGB), "png"));
  expect(picture.width).toBe(width);
});

test("any number of classes has its place, and templates never overlap", () => {
  for (const classes of [1, 2, 7, 23, 100]) {
    const names = Array.from({ length: classes }, (_, k) => `class ${k}`);
    const shape = { width: 4, height: 4, channels: 3 };
    const { images, width, height } = layOutWeightMontage(montageOf(names, shape, 20));
    expect(new Set(images.map(({ x, y }) => `${x} ${y}`)).size).toBe(classes);
    expect(Math.max(...images.map(({ x }) => x + 80))).toBeLessThan(width);
    expect(Math.max(...images.map(({ y }) => y + 80))).toBeLessThan(height);
  }
});

test("an SVG keeps text as text, escapes names, tells readers not to smooth, and parses", async () => {
  const montage = { ...montageOf([`<&"`, "cat"], RGB), title: "a < b", subtitle: `"&"` };
  const svg = renderWeightMontage(montage, "svg");
  expect(svg).toContain(">&lt;&amp;&quot;</text>");
  expect(svg).toContain(">a &lt; b</text>");
  expect(svg.match(/image-rendering:pixelated/g)).toHaveLength(2);
  expect(svg).toMatch(/font-family="[^"]*Source Sans 3[^"]*sans-serif"/);
  const { width } = await decodePicture(svg);
  expect(width).toBe(layOutWeightMontage(montage).width / 2);
});

test("names, shape and parameters that don't agree are refused with both numbers", () => {
  const montage = montageOf(CLASS_NAMES, RGB);
  expect(() => renderWeightMontage({ ...montage, classNames: ["one"] }, "svg")).toThrow(
    new TrainscopeError("BAD_OPTION", "1 class names for a model of 10 classes"),
  );
  expect(() => renderWeightMontage({ ...montage, shape: { ...RGB, channels: 1 } }, "svg")).toThrow(
    "templates of 32 x 32 x 1 = 1024 for a model of 3072 inputs",
  );
  expect(() => renderWeightMontage({ ...montage, enlarge: 1.5 }, "svg")).toThrow("enlarge is 1.5");
  expect(() => renderWeightMontage({ ...montage, columns: 0 }, "svg")).toThrow("columns is 0");
});
