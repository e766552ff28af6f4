import { expect, test } from "vitest";
import { seededHistory } from "../testing/fixtures.ts";
import { decodePicture } from "../testing/golden.ts";
import { curvesSpecification } from "./curves.ts";
import { renderChart } from "./render.ts";

const HOSTILE = `<b> & "data" 'x' ]]>`;
const spec = curvesSpecification(seededHistory(5), { quantity: "loss", dataName: HOSTILE });

test("an SVG is parsed whatever the data is called, and names the font with fallbacks", async () => {
  const svg = await renderChart(spec, { format: "svg" });
  expect(svg).toContain("&lt;b&gt; &amp;");
  expect(svg).not.toContain("<b>");
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
