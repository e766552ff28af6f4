// The charts of anybody's numbers: what they draw, and what they refuse.
import { createRandom } from "@trainscope/core";
import fc from "fast-check";
import { compile } from "vega-lite";
import { describe, expect, test } from "vitest";
import { decodePicture } from "../testing/golden.ts";
import { collectingLogger } from "../testing/logger.ts";
import { barsSpecification } from "./bars.ts";
import { confusionSpecification } from "./confusion.ts";
import { heatMapSpecification } from "./heat-map.ts";
import { histogramSpecification } from "./histogram.ts";
import { linesSpecification } from "./lines.ts";
import { montageSpecification } from "./montage.ts";
import { renderChart } from "./render.ts";
import type { ChartSpecification } from "./specification.ts";
import { asVegaLite } from "./vega-lite-checked.ts";

type Row = Readonly<Record<string, unknown>>;

function rowsOf(spec: ChartSpecification, mark: string): Row[] {
  const layers = spec.layer as { mark: { type: string }; data?: { values: Row[] } }[];
  return layers.filter((layer) => layer.mark.type === mark).flatMap(({ data }) => data?.values ?? []);
}

const LATENCIES = {
  x: [0.5, 1, 4],
  series: [
    { name: "p50", values: Float64Array.of(12, 11, 9), deviations: [1, null, 2] },
    { name: "p99", values: [80, Number.NaN, 61] },
  ],
  xTitle: "Load (requests per second)",
  yTitle: "Latency (ms)",
};

const shape = { width: 3, height: 2, channels: 1 };

const DRAWN: Record<string, () => ChartSpecification> = {
  "lines with bands and gaps": () => linesSpecification(LATENCIES),
  "lines at paces of their own, with a baseline": () =>
    linesSpecification({
      series: [
        { name: "a", x: [-2, -1], values: [1, 2] },
        { name: "b.[c]", x: [1e-9], values: [0.5] },
      ],
      xTitle: "Shift",
      yTitle: "Gain",
      range: [0, 2],
      baseline: { value: 1, label: "None" },
    }),
  "lines over ten decades": () =>
    linesSpecification({ x: [1, 2], series: [{ name: "a", values: [1e-5, 1e5] }], xTitle: "x", yTitle: "y" }),
  "bars of several series": () =>
    barsSpecification({
      names: ["cat", "a name that is much longer than a name ought to be", "dog"],
      series: [
        { name: "before", values: [3, -1, null] },
        { name: "after", values: [5, 0, 2.25] },
      ],
      xTitle: "Gain (points)",
      yTitle: "Class",
    }),
  "bars of nothing but 0": () =>
    barsSpecification({ names: ["a"], series: [{ name: "s", values: [0] }], xTitle: "Images" }),
  "a histogram of two series": () =>
    histogramSpecification({
      series: [
        { name: "one", values: [1, 2, 2, 3.5] },
        { name: "two", values: [Number.NaN, 9] },
      ],
      xTitle: "Latency (ms)",
      bins: 4,
    }),
  "a histogram of one number": () =>
    histogramSpecification({ series: [{ name: "one", values: [7] }], xTitle: "x" }),
  "a heat map with a gap": () => heatMapSpecification({ rows: [[1, null, 3], Float32Array.of(4, 5, 6)] }),
  "a confusion matrix": () =>
    confusionSpecification({
      counts: [[50, 2], Uint32Array.of(7, 41)],
      names: ["spam", "mail"],
      counted: "messages",
    }),
  "a montage": () =>
    montageSpecification({
      images: Float32Array.from({ length: 18 }, (_, i) => i),
      shape,
      names: ["a", "b", "c"],
    }),
};

test.each(Object.entries(DRAWN))("%s compiles without a warning, and is drawn", async (_, make) => {
  const warnings: unknown[] = [];
  compile(asVegaLite(make()), { logger: collectingLogger(warnings) });
  expect(warnings).toEqual([]);
  const svg = await renderChart(make(), { format: "svg" });
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(JSON.parse(JSON.stringify(make()))).toEqual(make());
});

test("lines: titles, names and gaps are the caller's", () => {
  const spec = linesSpecification({ ...LATENCIES, title: "Release 3" });
  const rows = rowsOf(spec, "line");
  expect(rows.map(({ series, epoch, value }) => [series, epoch, value])).toEqual([
    ["p50", 0.5, 12],
    ["p50", 1, 11],
    ["p50", 4, 9],
    ["p99", 0.5, 80],
    ["p99", 1, null],
    ["p99", 4, 61],
  ]);
  const text = JSON.stringify(spec);
  for (const title of ["Release 3", "Load (requests per second)", "Latency (ms)"])
    expect(text).toContain(title);
  expect(text).not.toContain('"Epoch"');
});

test("bars have their values as text, whole ones as they are, with a minus that is one", () => {
  const values = [12_345, -1.25, 0, 2 / 3, 1e-9];
  const names = values.map(String);
  const texts = rowsOf(barsSpecification({ names, series: [{ name: "s", values }], xTitle: "x" }), "text");
  expect(texts.map(({ text }) => text)).toEqual(["−1.25", "12,345", "0", "0.667", "10⁻⁹"]);
});

test("a histogram counts each number within its edges once", () => {
  const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 60 });
  const bins = fc.option(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant([-10, 0, 2.5, 1e6])), {
    nil: undefined,
  });
  fc.assert(
    fc.property(numbers, bins, (values, asked) => {
      const spec = histogramSpecification({ series: [{ name: "s", values }], xTitle: "x", bins: asked });
      const found = rowsOf(spec, "rect") as { from: number; to: number; s0: number }[];
      const last = found.at(-1)?.to ?? 0;
      for (const { from, to, s0 } of found) {
        const within = values.filter(
          (value) => value >= from && (value < to || (value === last && to === last)),
        );
        expect(s0).toBe(within.length);
      }
      const total = found.reduce((sum, { s0 }) => sum + s0, 0);
      if (asked === undefined || typeof asked === "number") expect(total).toBe(values.length);
    }),
  );
});

test("edges of bins may lie in a typed array", () => {
  const series = [{ name: "s", values: [1, 2, 2, 5] }];
  const of = (bins: ArrayLike<number>) => histogramSpecification({ series, xTitle: "x", bins });
  expect(of(Float64Array.of(0, 2, 6))).toEqual(of([0, 2, 6]));
});

test("on a logarithmic axis what is not above 0 is a gap", () => {
  const series = [{ name: "s", values: [0, 1, -1, 100] }];
  const spec = linesSpecification({ x: [1, 2, 3, 4], series, xTitle: "x", yTitle: "y", scale: "log" });
  expect(rowsOf(spec, "line").map(({ value }) => value)).toEqual([null, 1, null, 100]);
});

test("a montage holds each picture's pixels, black at its least number and white at its greatest", async () => {
  const random = createRandom(3, 0);
  const images = Array.from({ length: 12 }, () => random.uniform() - 0.5);
  const spec = montageSpecification({ images, shape, names: ["a", "b"] });
  const { values } = spec.data as { values: { name: string; url: string }[] };
  expect(values.map(({ name }) => name)).toEqual(["a", "b"]);
  for (const [index, { url }] of values.entries()) {
    const picture = await decodePicture(Buffer.from(url.split(",")[1] ?? "", "base64"));
    const tile = images.slice(6 * index, 6 * index + 6);
    const [least, greatest] = [Math.min(...tile), Math.max(...tile)];
    const expected = tile.map((value) => Math.round((255 * (value - least)) / (greatest - least)));
    expect([picture.width, picture.height]).toEqual([3, 2]);
    expect(expected.map((_, pixel) => picture.data[4 * pixel])).toEqual(expected);
  }
});

test("bytes of a montage are shown as they are, of more than one block, too", async () => {
  const large = { width: 200, height: 100, channels: 3 };
  const images = Uint8Array.from({ length: 60_000 }, (_, i) => (i * 7) % 251);
  const spec = montageSpecification({ images, shape: large, names: ["a"], scaling: "bytes" });
  const [{ url }] = (spec.data as { values: [{ url: string }] }).values;
  const { data } = await decodePicture(Buffer.from(url.split(",")[1] ?? "", "base64"));
  const planes = [0, 1, 2].map((plane) => images.subarray(20_000 * plane, 20_000 * (plane + 1)));
  for (const pixel of [0, 1, 199, 12_345, 19_999]) {
    expect(Array.from(data.slice(4 * pixel, 4 * pixel + 3))).toEqual(planes.map((plane) => plane[pixel]));
  }
});

describe("wrong input is refused with what was found and what was expected", () => {
  const line = { name: "a", values: [1, 2] };
  const lines = { x: [1, 2], series: [line], xTitle: "x", yTitle: "y" };
  const bars = { names: ["a", "b"], series: [line], xTitle: "x" };
  const CASES: [string, () => unknown, string][] = [
    ["no options", () => linesSpecification(undefined as never), "options is missing; expected an object"],
    [
      "no series",
      () => linesSpecification({ ...lines, series: [] }),
      "series is empty; expected at least 1 entry",
    ],
    ["no x", () => linesSpecification({ ...lines, x: undefined }), "x is missing; expected an array"],
    [
      "x that falls",
      () => linesSpecification({ ...lines, x: [2, 1] }),
      "x[1] is 1, after 2; expected numbers that rise",
    ],
    [
      "x that is none",
      () => linesSpecification({ ...lines, x: [1, Number.NaN] }),
      "x[1] is NaN; expected a finite number",
    ],
    [
      "another length",
      () => linesSpecification({ ...lines, series: [{ ...line, values: [1] }] }),
      "series[0].values has 1 entry; expected 2, one for each x",
    ],
    [
      "a text",
      () => linesSpecification({ ...lines, series: [{ ...line, values: [1, "2" as never] }] }),
      'series[0].values[1] is "2"; expected a number, or null for a gap',
    ],
    [
      "two of one name",
      () => linesSpecification({ ...lines, series: [line, line] }),
      'names of series[1] is "a", as one before it is',
    ],
    [
      "nothing but gaps",
      () => linesSpecification({ ...lines, series: [{ ...line, values: [null, null] }] }),
      'no value of any series to draw in "y"; expected at least 1',
    ],
    [
      "bars without a name",
      () => barsSpecification({ ...bars, names: ["a"] }),
      "series[0].values has 2 entries; expected 1, one for each name",
    ],
    [
      "bins",
      () => histogramSpecification({ series: [line], xTitle: "x", bins: 0 }),
      "bins is 0; expected a whole number, 1 to 1000",
    ],
    [
      "one edge",
      () => histogramSpecification({ series: [line], xTitle: "x", bins: [1] }),
      "bins has 1 entry; expected 2, the edges of one bin, or more",
    ],
    [
      "rows of two lengths",
      () => heatMapSpecification({ rows: [[1, 2], [3]] }),
      "rows[1] has 1 entry; expected 2, as many as the first row has",
    ],
    [
      "a half",
      () => confusionSpecification({ counts: [[0.5]], names: ["a"] }),
      "counts[0][0] is 0.5; expected a whole number of at least 0",
    ],
    [
      "a row too few",
      () => confusionSpecification({ counts: [[1, 2]], names: ["a", "b"] }),
      "counts has 1 entry; expected 2, a row for each name",
    ],
    [
      "a picture too few",
      () =>
        montageSpecification({
          images: [1, 2],
          shape: { width: 1, height: 2, channels: 1 },
          names: ["a", "b"],
        }),
      "images has 2 entries; expected 4, 2 x 1 x 2 x 1",
    ],
    [
      "no title of x",
      () => linesSpecification({ ...lines, xTitle: undefined as never }),
      "xTitle is missing; expected a string",
    ],
    [
      "a title of another kind",
      () => heatMapSpecification({ rows: [[1]], title: 5 as never }),
      "title is 5; expected a string",
    ],
    [
      "a size without extent",
      () => barsSpecification({ ...bars, size: { width: 0, height: Number.NaN } }),
      "size.width is 0; expected a finite number above 0",
    ],
    [
      "a size that is none",
      () => linesSpecification({ ...lines, size: 5 as never }),
      "size is 5; expected an object",
    ],
    [
      "a scale that there isn't",
      () => linesSpecification({ ...lines, scale: "sqrt" as never }),
      'scale is "sqrt"; expected "linear" or "log"',
    ],
    [
      "a range that falls",
      () => linesSpecification({ ...lines, range: [1, 0] }),
      "range[1] is 0, after 1; expected numbers that rise",
    ],
    [
      "a baseline that is none",
      () => linesSpecification({ ...lines, baseline: { value: Number.NaN, label: "chance" } }),
      "baseline.value is NaN; expected a finite number",
    ],
    [
      "nothing above 0 on a logarithmic axis",
      () => linesSpecification({ ...lines, scale: "log", series: [{ ...line, values: [0, -2] }] }),
      'no value of any series to draw in "y"; expected at least 1',
    ],
    [
      "cells that there aren't",
      () => confusionSpecification({ counts: [[1]], names: ["a"], values: "share" as never }),
      'values is "share"; expected "counts" or "percent"',
    ],
  ];
  test.each(CASES)("%s", (_, make, message) => {
    expect(make).toThrow(
      expect.objectContaining({ code: "BAD_OPTION", message: expect.stringContaining(message) }),
    );
  });
});
