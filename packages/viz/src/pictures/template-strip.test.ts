import { expect, test } from "vitest";
import { decodePicture } from "../testing/golden.ts";
import { encodeTemplateStrip, templateStrip } from "./template-strip.ts";

test("templates stand side by side, a pixel a weight, and come back from the PNG exactly", async () => {
  const shape = { width: 3, height: 2, channels: 3 };
  const templates = Uint8Array.from({ length: 4 * 18 }, (_, i) => (i * 37) % 256);
  const { width, height, data } = await decodePicture(encodeTemplateStrip(templates, 4, shape));
  expect([width, height]).toEqual([12, 2]);
  for (let y = 0; y < 2; y++) {
    for (let x = 0; x < 12; x++) {
      const [k, column] = [Math.floor(x / 3), x % 3];
      const expected = [0, 1, 2].map((channel) => templates[18 * k + 6 * channel + 3 * y + column]);
      expect([...data.slice(4 * (12 * y + x), 4 * (12 * y + x) + 3)]).toEqual(expected);
    }
  }
  expect([...templateStrip({ templates }, 4, shape).rgba]).toEqual([...data]);
});

test("grey templates are grey", () => {
  const { rgba } = templateStrip({ templates: Uint8Array.of(7, 9) }, 2, { width: 1, height: 1, channels: 1 });
  expect([...rgba]).toEqual([7, 7, 7, 255, 9, 9, 9, 255]);
});
