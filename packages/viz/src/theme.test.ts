import { describe, expect, test } from "vitest";
import { DARK_COLOURS, HEAT_COLOURS, INK, LINE_STYLES, onHeat, PAPER, SPLIT_STYLES, SUBDUED } from "./theme.ts";

/** Red, green and blue, 0 to 1, of `#rrggbb`. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
}

/** Of WCAG 2.2. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** CIELAB's L*, 0 to 100. */
function lightness(rgb: readonly number[]): number {
  return 116 * Math.cbrt(luminance(rgb)) - 16;
}

const dark = (colour: string): string => DARK_COLOURS[colour] ?? colour;

const pages = { light: (colour: string) => colour, dark };

describe.each(Object.entries(pages))("on a %s page", (_, on) => {
  const paper = channels(on(PAPER));

  test("text and lines stand out from the paper", () => {
    for (const colour of [INK, SUBDUED]) expect(contrast(channels(on(colour)), paper)).toBeGreaterThan(4.5);
    for (const { colour } of [...LINE_STYLES, ...Object.values(SPLIT_STYLES)]) {
      expect(contrast(channels(on(colour)), paper)).toBeGreaterThan(3);
    }
  });

  test("a heat map's colours are equal steps of lightness, away from the paper", () => {
    const steps = HEAT_COLOURS.map((colour) => lightness(channels(on(colour))));
    const mean = ((steps.at(-1) ?? 0) - (steps[0] ?? 0)) / (steps.length - 1);
    steps.slice(1).forEach((step, i) => {
      expect((step - (steps[i] ?? 0)) / mean).toBeCloseTo(1, 1);
    });
    expect(Math.abs(lightness(paper) - (steps[0] ?? 0))).toBeLessThan(
      Math.abs(lightness(paper) - (steps.at(-1) ?? 0)),
    );
  });

  test("numbers can be read on every colour of a heat map", () => {
    for (let part = 0; part <= 1; part += 0.01) {
      const at = part * (HEAT_COLOURS.length - 1);
      const [from, to] = [Math.floor(at), Math.ceil(at)].map((i) => channels(on(HEAT_COLOURS[i] ?? "")));
      const cell = from?.map((c, i) => c + ((to?.[i] ?? 0) - c) * (at % 1)) ?? [];
      expect(contrast(channels(on(onHeat(part))), cell)).toBeGreaterThan(4);
    }
  });
});

test("no two colours become the same one on a dark page", () => {
  expect(new Set(Object.values(DARK_COLOURS)).size).toBe(Object.keys(DARK_COLOURS).length);
});
