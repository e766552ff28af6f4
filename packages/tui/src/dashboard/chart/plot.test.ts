import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, type Row, rowWidth } from "../text/rows.ts";
import { type PlotOptions, type PlotSeries, plot } from "./plot.ts";
import type { Values } from "./scale.ts";

function epochsOf(values: Values): number[] {
  return values.map((_, index) => index + 1);
}

function draw(values: Values, width: number, height: number, options: Partial<PlotOptions> = {}): string {
  const rows = plot([{ values, color: "cyan" }], width, height, { epochs: epochsOf(values), ...options });
  return `\n${rows.map((row) => plainText(row).trimEnd()).join("\n")}\n`;
}

const falling = Array.from({ length: 40 }, (_, index) => 1.6 + 0.6 * Math.exp(-index / 8));

describe("plot", () => {
  it("draws a falling loss with round ticks and epochs below", () => {
    expect(draw(falling, 40, 10)).toMatchInlineSnapshot(`
      "
      2.2┤⢢
         │ ⢣
      2.0┤  ⠱⡀
         │   ⠑⢄
         │     ⠉⠢⣀
      1.8┤        ⠣⢄⡀
         │          ⠈⠉⠑⠤⠤⣀⣀⣀
      1.6┤                  ⠉⠉⠉⠑⠒⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⠤
         ╰┬────────────────┬─────────────────┬
          1                20               40
      "
    `);
  });

  it("draws a curve that has only begun at the left of the epochs that are planned", () => {
    expect(draw(falling.slice(0, 10), 40, 9, { lastEpoch: 40, baseline: Math.log(10) })).toMatchInlineSnapshot(`
      "
         │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
      2.2┤⢄
         │⠈⢆
         │ ⠈⢢
      2.0┤   ⠣⡀
         │    ⠈⠢⣀
      1.8┤       ⠑⠄
         ╰┬────────────────┬─────────────────┬
          1                20               40
      "
    `);
  });

  it("leaves a gap where values are missing", () => {
    expect(draw([1, 2, 3, null, Number.NaN, 6, 7, 8], 30, 6)).toMatchInlineSnapshot(`
      "
        │                      ⣀⡠⠤⠔⠒
        │                   ⠤⠒⠉
       5┤
        │     ⣀⠤⠒
        │⠤⠒⠒⠉⠉
         1              5          8
      "
    `);
  });

  it("falls back to ASCII", () => {
    expect(draw(falling, 40, 9, { ascii: true })).toMatchInlineSnapshot(`
      "
      2.2+*
         | **
      2.0+   **
         |    ***
      1.8+       ****
         |           **********
      1.6+                     ***************
         ++----------------+-----------------+
          1                20               40
      "
    `);
  });

  it("writes fractions in per cent", () => {
    const rising = falling.map((value) => (2.5 - value) / 2);
    expect(draw(rising, 40, 7, { percent: true, range: [0, 1] })).toMatchInlineSnapshot(`
      "
         │               ⣀⣀⣀⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
      40%┤        ⢀⡠⠔⠒⠊⠉⠉
         │     ⣀⠤⠒⠁
         │  ⢀⠤⠊
      20%┤ ⢠⠊
         │⠔⠁
          1                20               40
      "
    `);
  });

  it("shows a single point", () => {
    expect(draw([2.3], 20, 5)).toMatch(/[\u2801-\u28ff]/);
  });

  it("shows one spike among 10,000 epochs", () => {
    const flat = Array.from({ length: 10_000 }, () => 1);
    const spiked = flat.with(7777, 9);
    const top = (values: Values) => draw(values, 60, 12, { baseline: 9, leastShare: 0 }).split("\n")[1] ?? "";
    expect(top(spiked)).toMatch(/[\u2801-\u28ff]/);
    expect(top(flat)).not.toMatch(/[\u2801-\u28ff]/);
  });

  it("breaks the line of a dashed series, and only of that", () => {
    const dots = (dashed: boolean): number => {
      const rows = plot([{ values: [1, 1, 1], dashed }], 40, 5, { epochs: [1, 2, 3] });
      return countDots(rows);
    };
    expect(dots(true)).toBeLessThan(dots(false) * 0.7);
  });

  it("gives a cell to the later of two series, so that each cell has one colour", () => {
    const series: PlotSeries[] = [
      { values: [1, 2], color: "cyan" },
      { values: [1, 2], color: "magenta" },
    ];
    const colors = plot(series, 20, 6, { epochs: [1, 2] }).flat();
    expect(colors.some(({ color }) => color === "magenta")).toBe(true);
    expect(colors.some(({ color }) => color === "cyan")).toBe(false);
  });

  it("is exactly as wide and as high as asked, whatever the values", () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(1e308, -1e308, Number.NaN, Number.POSITIVE_INFINITY, 0, 5e-324),
      fc.constant(null),
    );
    const series = fc.array(number, { maxLength: 200 });
    const options = fc.record({
      ascii: fc.boolean(),
      percent: fc.boolean(),
      kind: fc.constantFrom("linear" as const, "log" as const),
      baseline: fc.option(fc.double(), { nil: undefined }),
      lastEpoch: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
    });
    const size = { min: 1, max: 120 };
    fc.assert(
      fc.property(series, series, fc.integer(size), fc.integer(size), options, (a, b, width, height, more) => {
        const longest = a.length > b.length ? a : b;
        const both: PlotSeries[] = [
          { values: a, color: "cyan" },
          { values: b, color: "magenta", dashed: true },
        ];
        const rows = plot(both, width, height, { epochs: epochsOf(longest), ...more });
        expect(rows.length).toBe(height);
        for (const row of rows) expect(rowWidth(row)).toBe(width);
      }),
      { numRuns: 300 },
    );
  });
});

function countDots(rows: readonly Row[]): number {
  return [...rows.map(plainText).join("")]
    .map((sign) => sign.codePointAt(0) ?? 0)
    .filter((code) => code > 0x2800 && code <= 0x28ff)
    .reduce((sum, code) => sum + (code - 0x2800).toString(2).replaceAll("0", "").length, 0);
}
