import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../text/width.ts";
import { type Paint, run } from "../text/rows.ts";
import { type ColorDepth, createTheme, type Theme } from "../text/theme.ts";
import { hueName, nearest256 } from "./palette.ts";
import { printable, printRow, styleParameters } from "./sgr.ts";

function parameters(color: Paint, depth: ColorDepth, background: Theme["background"] = "dark"): string {
  return styleParameters({ color }, createTheme({ color: depth, ascii: false, background })).join(";");
}

/** The 240 colours that xterm fixes, from its description: a cube and a ramp of greys. */
const XTERM: readonly (readonly [number, readonly number[]])[] = Array.from({ length: 240 }, (_, index) => {
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  if (index >= 216) return [index + 16, Array<number>(3).fill(8 + 10 * (index - 216))] as const;
  return [index + 16, [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(level)] as const;
});

describe("nearest256", () => {
  it("is as near as any of the 240", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (red, green, blue) => {
        const distance = (color: readonly number[]): number =>
          [red, green, blue].reduce((sum, value, index) => sum + (value - (color[index] ?? 0)) ** 2, 0);
        const found = XTERM.find(([number]) => number === nearest256((red << 16) | (green << 8) | blue));
        const best = Math.min(...XTERM.map(([, color]) => distance(color)));
        expect(distance(found?.[1] ?? [])).toBe(best);
      }),
      { numRuns: 500 },
    );
  });
});

describe("hueName", () => {
  it.each([
    [0xff0000, "red"],
    [0xff00a0, "magenta"],
    [0xffff00, "yellow"],
    [0x20c040, "green"],
    [0x40d0d0, "cyan"],
    [0x3050f0, "blue"],
    [0x808890, undefined],
    [0xffffff, undefined],
  ])("of %i is %s", (color, name) => {
    expect(hueName(color)).toBe(name);
  });
});

describe("styleParameters", () => {
  it.each([
    ["truecolor", "38;2;255;128;0"],
    ["256", "38;5;208"],
    ["16", "33"],
    ["none", ""],
  ] as const)("writes a colour in a depth of %s as %j", (depth, expected) => {
    expect(parameters(0xff8000, depth)).toBe(expected);
  });

  it("leaves the palette's colours to the terminal's owner, but for those too pale on white", () => {
    expect(parameters("yellow", "256")).toBe("33");
    expect(parameters("yellow", "256", "light")).toBe("38;5;94");
    expect(parameters("yellow", "16", "light")).toBe("33");
  });

  it("tells what is inverse also without colours", () => {
    const style = { bold: true, inverse: true, color: "red", background: 0x0000ff } as const;
    expect(styleParameters(style, createTheme({ color: false, ascii: false }))).toEqual(["7"]);
    expect(styleParameters(style, createTheme({ color: "truecolor", ascii: false }))).toEqual([
      "1",
      "31",
      "48;2;0;0;255",
      "7",
    ]);
  });
});

describe("printable", () => {
  it("has a column for a column, whatever the text and the terminal", () => {
    const unit = fc.constantFrom(
      "a",
      "1",
      "é",
      "e\u0301",
      "飛",
      "🚀",
      "❤️",
      "1️⃣",
      "🇸🇪",
      "👩‍🔬",
      "\r\n",
      "\u009b",
      "\u0301",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), fc.boolean(), (text, ascii) => {
        const printed = printable(text, ascii);
        expect(displayWidth(printed)).toBe(displayWidth(text));
        expect(printed).toMatch(ascii ? /^[\x20-\x7e]*$/ : /^\P{Cc}*$/u);
      }),
    );
  });
});

describe("printRow", () => {
  const theme = createTheme({ color: true, ascii: false });

  it("begins a style where it changes, and ends with none", () => {
    const row = [run("a "), run("b", { color: "cyan" }), run(" "), run("c", { color: "cyan" }), run("d")];
    expect(printRow(row, { theme })).toBe("a \u001b[0;36mb c\u001b[0md");
    expect(printRow([run("e", { dim: true })], { theme })).toBe("\u001b[0;2me\u001b[0m");
  });

  it("gives a blank no background that isn't its own", () => {
    const row = [run("  ", { background: "red" }), run("  "), run("x", { inverse: true })];
    expect(printRow(row, { theme })).toBe("\u001b[0;41m  \u001b[0m  \u001b[0;7mx\u001b[0m");
  });
});
