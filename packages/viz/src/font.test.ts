import { readFileSync } from "node:fs";
import { createCanvas } from "canvas";
import { expect, test } from "vitest";
import { loadCanvas } from "./canvas.ts";
import { fontFiles, textAdvance } from "./font.ts";
import { readFont } from "./open-type.ts";
import { canvasFont } from "./pictures/scene.ts";

// Advance widths in thousandths of the size, from the fonts' own tables (hmtx), as ttx prints them.
const ADVANCES = {
  400: { λ: 494, η: 541, "×": 497, Σ: 538, W: 786, "²": 367, "→": 619 },
  600: { λ: 524, η: 552, "×": 513, Σ: 544, W: 800, "²": 372, "→": 618 },
} as const;

test("a character is as wide as the font's table says, Greek included, and so it is drawn", () => {
  loadCanvas();
  const context = createCanvas(1, 1).getContext("2d");
  for (const weight of [400, 600] as const) {
    context.font = canvasFont({ size: 1000, weight, colour: "black" });
    for (const [character, advance] of Object.entries(ADVANCES[weight])) {
      expect(Math.round(1000 * textAdvance(character, weight)), `${character} at ${weight}`).toBe(advance);
      expect(Math.abs(context.measureText(character).width - advance)).toBeLessThanOrEqual(1);
    }
  }
});

test("a text is as wide as node-canvas, which kerns, sets it, within a twentieth", () => {
  loadCanvas();
  const context = createCanvas(1, 1).getContext("2d");
  const texts = ["Validation accuracy", "η = 0.001, λ = 0.1, batch 100", "AV To Ty. WAVE", "0.3941 – 12 %"];
  for (const weight of [400, 600] as const) {
    context.font = canvasFont({ size: 100, weight, colour: "black" });
    for (const text of texts) {
      const drawn = context.measureText(text).width;
      expect(Math.abs(100 * textAdvance(text, weight) - drawn) / drawn, text).toBeLessThan(0.05);
    }
  }
});

test("what the font lacks takes room all the same: a square for an ideograph, none for an accent over another", () => {
  expect(textAdvance("猫", 400)).toBe(1);
  expect(textAdvance("e\u0e31", 400)).toBe(textAdvance("e", 400));
  expect(textAdvance("", 400)).toBe(0);
});

test("a file that is no such font is told", () => {
  expect(() => readFont(new Uint8Array(64))).toThrow('the font has no table "head"');
  const [{ path } = { path: "" }] = fontFiles();
  expect(readFont(readFileSync(path)).advance(0xe000)).toBeUndefined();
});
