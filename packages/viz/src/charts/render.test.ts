import { historyOf } from "@trainscope/core/history";
import { expect, test } from "vitest";
import { metric, seededHistory } from "../testing/fixtures.ts";
import { decodePicture } from "../testing/golden.ts";
import { curvesSpecification } from "./curves.ts";
import { renderChart } from "./render.ts";

const HOSTILE = `<b> & "data" 'x' ]]>`;
const CONTROLS = "\u0000\u0007\u001b]0;own\u0007\u009b\ud800\uffff\u202e";
const spec = curvesSpecification(seededHistory(5), { quantity: "loss", dataName: HOSTILE + CONTROLS });

test("an SVG is parsed whatever the data is called, and names the font with fallbacks", async () => {
  const svg = await renderChart(spec, { format: "svg" });
  expect(svg).toContain("&lt;b&gt; &amp;");
  expect(svg).not.toContain("<b>");
  expect(svg.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Surrogate}\p{Bidi_Control}\uffff]/u);
  expect(svg).toMatch(/font-family="[^"]*Source Sans 3[^"]*sans-serif/);
  await expect(decodePicture(svg)).resolves.toBeDefined();
});

test("a PNG has two pixels to a CSS pixel unless another scale is asked for", async () => {
  const [, width, height] =
    /width="(\d+)" height="(\d+)"/.exec(await renderChart(spec, { format: "svg" })) ?? [];
  const double = await decodePicture(await renderChart(spec, { format: "png" }));
  expect([double.width, double.height]).toEqual([2 * Number(width), 2 * Number(height)]);
  const triple = await decodePicture(await renderChart(spec, { format: "png", scale: 3 }));
  expect(triple.width).toBe(3 * Number(width));
});

test("the same specification gives the same bytes", async () => {
  const [once, again] = [
    await renderChart(spec, { format: "png" }),
    await renderChart(spec, { format: "png" }),
  ];
  expect(Buffer.compare(once, again)).toBe(0);
});

test("every epoch of a short run is named on its axis", async () => {
  for (const epochs of [2, 3, 4, 5]) {
    const svg = await renderChart(curvesSpecification(seededHistory(epochs), { quantity: "loss" }), {
      format: "svg",
    });
    const labels = [...svg.matchAll(/<text[^>]*>(\d+)<\/text>/g)].map(([, label]) => Number(label));
    expect(labels).toEqual(Array.from({ length: epochs }, (_, index) => index + 1));
  }
});

test("a curve beyond its metric's range stays within the plot", async () => {
  const metrics = [metric("f", { display: { range: [0, 1] } })];
  const history = historyOf([1, 2, 3], { "train/f": [0.1, 2, 1.2] });
  const svg = await renderChart(curvesSpecification(history, { quantity: "f", metrics }), { format: "svg" });
  const [, path = ""] = /aria-roledescription="line mark"[^>]* d="([^"]*)"/.exec(svg) ?? [];
  const heights = [...path.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));
  expect(heights).toHaveLength(3);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
});
