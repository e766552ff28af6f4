import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, type Row, rowWidth } from "../text/rows.ts";
import { plot } from "./plot.ts";
import type { PlotOptions, PlotSeries } from "./plot-options.ts";
import type { Values } from "./values.ts";

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

  it("draws a curve over epochs of its own as if they were the plot's", () => {
    const epochs = epochsOf(falling).map((epoch) => 3 * epoch);
    const [span, own] = [
      { firstEpoch: 1, lastEpoch: 150 },
      { values: falling.slice(), epochs },
    ];
    expect(plot([own], 40, 10, { ...span, epochs: [] })).toEqual(
      plot([{ values: falling }], 40, 10, { ...span, epochs }),
    );
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
       6┤                   ⠤⠒⠉
        │
        │     ⣀⠤⠒
       2┤⠤⠒⠒⠉⠉      ×   ×
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

  it("loses no spike, up or down, wherever it is and however many epochs there are", () => {
    const spike = fc.record({
      epochs: fc.integer({ min: 2, max: 10_000 }),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      up: fc.boolean(),
      width: fc.integer({ min: 20, max: 150 }),
      ascii: fc.boolean(),
    });
    fc.assert(
      fc.property(spike, ({ epochs, place, up, width, ascii }) => {
        const at = Math.min(epochs - 1, Math.floor(place * epochs));
        const values = Array.from({ length: epochs }, (_, index) =>
          index === at ? (up ? 99 : -99) : index % 2,
        );
        const rows = plot([{ values }], width, 14, { epochs: epochsOf(values), ascii });
        const dots = plainText(rows[up ? 0 : 11] ?? [])
          .replace(/^.*[│┤|+]/, "")
          .trim();
        expect(dots).toMatch(ascii ? /^\*+$/ : /^[\u2801-\u28ff]+$/);
        if (epochs > 4 * width) expect(dots.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("names the baseline at its right end, or where the nearest room is", () => {
    const flat = Array.from({ length: 8 }, (_, index) => (index < 6 ? 4 : 2.3));
    expect(draw(flat, 44, 8, { baseline: 2.3, baselineName: "chance" })).toMatchInlineSnapshot(`
      "
       4┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢢
        │                              ⢣
        │                               ⢣
       3┤                                ⢣
        │                                 ⢣
        │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ chance⠣⠤⠤⠤⠤⠤⠤
        ╰┬──────────────────────┬────────────────┬
         1                      5                8
      "
    `);
    expect(
      draw(flat.slice(0, 6), 44, 5, { baseline: 2.3, baselineName: "chance", lastEpoch: 9, leastShare: 0 }),
    ).toContain("┄ chance\n");
  });

  it("has a star at the best value, marks changes on the axis, and reads off at the crosshair", () => {
    const options: Partial<PlotOptions> = {
      best: { epoch: 30, value: falling[29] ?? 0 },
      crosshair: 12,
      crossings: [{ epoch: 12, value: falling[11] ?? 0 }],
      // Two that meet, one before the plot, one after it.
      changes: [
        { at: 19.5, sign: "η" },
        { at: 25, sign: "η" },
        { at: 25.1, sign: "λ" },
        { at: -5, sign: "b" },
        { at: 55, sign: "b" },
      ],
    };
    expect(draw(falling, 44, 10, options)).toMatchInlineSnapshot(`
      "
      2.2┤⢢          ┊
         │ ⢣         ┊
      2.0┤  ⠑⢄       ┊
         │   ⠈⠢⡀     ┊
         │     ⠈⠑⢄⡀  ┊
      1.8┤        ⠈⠢⢄●
         │           ⠈⠉⠑⠢⠤⢄⣀⣀⣀
      1.6┤           ┊        ⠉⠉⠉⠉⠒⠒⠒⠒⠒★⠒⠒⠤⠤⠤⠤⠤⠤⠤⠤
         ╰┬──────────┬──────η┬────+────★─────────┬
          1          12      20                 40
      "
    `);
    expect(draw(falling, 44, 10, { ...options, ascii: true })).toMatchInlineSnapshot(`
      "
      2.2+*          :
         | *         :
      2.0+  **       :
         |    **     :
         |      ***  :
      1.8+         **@*
         |           : ************
      1.6+           :             ****#**********
         ++----------+-------η----+----#---------+
          1          12      20                 40
      "
    `);
    // Without an axis the marks stand among the numbers.
    expect(draw(falling, 44, 6, options)).toMatchInlineSnapshot(`
      "
         │⠢⡀         ┊
      2.0┤ ⠈⠢⢄       ┊
         │    ⠑⠢⢄⡀   ┊
         │       ⠈⠑⠒⠢●⢄⣀⡀
      1.6┤           ┊  ⠈⠉⠉⠑⠒⠒⠒⠒⠒⠒⠤⠤⠤⠤⠤★⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
          1          12      20   +    ★        40
      "
    `);
  });

  it("marks epochs without a value on the axis", () => {
    const values = falling.map((value, index) => (index === 9 || index > 34 ? null : value));
    expect(draw(values, 44, 9)).toMatchInlineSnapshot(`
      "
      2.2┤⢢
         │ ⠱⡀
      2.0┤  ⠈⠢⡀
         │    ⠈⠢⢄
      1.8┤       ⠑⠂ ⡀
         │          ⠈⠑⠒⠢⠤⢄⣀⡀
      1.6┤                 ⠈⠉⠉⠉⠒⠒⠒⠒⠒⠒⠒⠤⠤⠤⠤⠤⠤⠤
         ╰┬────────×─────────┬───────────────×××××
          1                  20                 40
      "
    `);
  });

  it("has a log axis whose ticks are round within a decade too", () => {
    expect(draw([2.2, 3, 5, 9.5], 30, 12, { kind: "log" })).toMatchInlineSnapshot(`
      "
        │                         ⢀⠔
       8┤                       ⡠⠒⠁
        │                     ⡠⠊
       6┤                  ⢀⠔⠊
        │                ⣀⠔⠁
       4┤             ⢀⠤⠊
        │           ⡠⠒⠁
        │       ⢀⡠⠔⠉
        │   ⣀⠤⠔⠊⠁
        │⠤⠒⠉
        ╰┬────────┬────────────────┬
         1        2                4
      "
    `);
    expect(draw([1, 1e-2, 1e-4, 0, 1e-6], 30, 10, { kind: "log" })).toMatchInlineSnapshot(`
      "
           1┤⠑⢄
            │  ⠑⠢⡀
        0.01┤    ⠈⠢⡀
            │      ⠈⠢⡀
            │        ⠈⠑⢄
      0.0001┤           ⠑
            │
        1e-6┤                      ⢀
            ╰┬────┬───────────×────┬
             1    2           4    5
      "
    `);
  });

  it("lets a faint curve give way where another one is drawn", () => {
    const raw: PlotSeries = { values: [1, 9, 1, 9, 1, 9], color: "cyan", faint: true };
    const smooth: PlotSeries = { values: [5, 5, 5, 5, 5, 5], color: "cyan" };
    const epochs = [1, 2, 3, 4, 5, 6];
    const both = plot([raw, smooth], 40, 9, { epochs }).flat();
    const bright = both.filter(({ color, dim }) => color === "cyan" && !dim).map(({ text }) => text);
    // A level line, without a dot of the other in its cells.
    expect(bright.join("")).toMatch(/^(.)\1{20,}$/);
    expect(both.some(({ color, dim }) => color === "cyan" && dim)).toBe(true);
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
      firstEpoch: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
      lastEpoch: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      baselineName: fc.option(fc.constant("chance"), { nil: undefined }),
      crosshair: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
      best: fc.option(fc.record({ epoch: fc.integer({ min: 1, max: 300 }), value: fc.double() }), {
        nil: undefined,
      }),
      crossings: fc.array(fc.record({ epoch: fc.integer({ min: 1, max: 300 }), value: fc.double() })),
      cut: fc.boolean(),
      changes: fc.array(
        fc.record({ at: fc.double({ min: -9, max: 300, noNaN: true }), sign: fc.constant("b") }),
      ),
    });
    const size = { min: 1, max: 120 };
    fc.assert(
      fc.property(
        series,
        series,
        fc.integer(size),
        fc.integer(size),
        options,
        (a, b, width, height, { cut, ...more }) => {
          const longest = a.length > b.length ? a : b;
          const both: PlotSeries[] = [
            { values: a, color: "cyan" },
            { values: b, color: "magenta", dashed: true, cut },
          ];
          const rows = plot(both, width, height, { epochs: epochsOf(longest), ...more });
          expect(rows.length).toBe(height);
          for (const row of rows) expect(rowWidth(row)).toBe(width);
        },
      ),
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
