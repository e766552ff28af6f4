import fc from "fast-check";
import { expect, test } from "vitest";
import { createTheme } from "../text/theme.ts";
import { heatStyle } from "./answer-colors.ts";

/** WCAG 2.2: relative luminance. */
function luminance(color: number): number {
  const [red = 0, green = 0, blue = 0] = [color >> 16, (color >> 8) & 255, color & 255].map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const background = fc.constantFrom("dark" as const, "light" as const);

test("a number is readable on every shade", () => {
  fc.assert(
    fc.property(share, fc.boolean(), background, (part, right, on) => {
      const style = heatStyle(part, right, createTheme({ color: "truecolor", ascii: false, background: on }));
      const [text, shade] = [luminance(Number(style.color)), luminance(Number(style.background))];
      const contrast = (Math.max(text, shade) + 0.05) / (Math.min(text, shade) + 0.05);
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test("the greater the share, the further the shade is from the terminal's background", () => {
  fc.assert(
    fc.property(share, share, fc.boolean(), background, (a, b, right, on) => {
      const theme = createTheme({ color: "256", ascii: false, background: on });
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((part) =>
        luminance(Number(heatStyle(part, right, theme).background)),
      );
      const difference = Number(more) - Number(less);
      expect(on === "dark" ? difference : -difference).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("sixteen colours get no shades, and no colours only what is bold", () => {
  expect(heatStyle(0.5, true, createTheme({ color: "16", ascii: false })).background).toBeUndefined();
  expect(heatStyle(0.5, true, createTheme({ color: false, ascii: false }))).toEqual({ bold: true });
});
