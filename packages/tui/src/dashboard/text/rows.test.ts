import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitRow, mergeRuns, plainText, type Run, rowWidth, run, sliceRow, spread } from "./rows.ts";

const runs = fc.array(
  fc.record({
    text: fc.string({ unit: "grapheme", maxLength: 8 }),
    color: fc.constantFrom("cyan" as const, "magenta" as const, undefined),
  }),
);

describe("fitRow", () => {
  it("is exactly as wide as asked, whatever the runs", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 30 }), (row, width) => {
        expect(rowWidth(fitRow(row, width))).toBe(width);
      }),
    );
  });

  it("shows that something was cut, also where the cut falls between two runs", () => {
    expect(plainText(fitRow([run("train"), run("validation")], 5))).toBe("trai…");
    expect(plainText(fitRow([run("train"), run("validation")], 8))).toBe("trainva…");
  });
});

describe("spread", () => {
  it("puts one part at each edge and cuts the left one", () => {
    expect(plainText(spread([run("left")], [run("right")], 12))).toBe("left   right");
    expect(plainText(spread([run("a long name")], [run("right")], 10))).toBe("a lo…right");
  });
});

describe("mergeRuns", () => {
  it("keeps the text, and the style of every visible character", () => {
    const looks = (row: readonly Run[]) =>
      row.flatMap(({ text, color }) => [...text].filter((sign) => sign !== " ").map((sign) => [sign, color]));
    fc.assert(
      fc.property(runs, (row) => {
        const merged = mergeRuns(row);
        expect(plainText(merged)).toBe(plainText(row));
        expect(looks(merged)).toEqual(looks(row));
      }),
    );
  });

  it("joins blanks to their neighbours", () => {
    expect(mergeRuns([run("  "), run("a", { color: "cyan" }), run(" "), run("b", { color: "cyan" })])).toEqual([
      { text: "  a b", color: "cyan" },
    ]);
  });

  it("keeps apart what a blank would show: a background, an inverse cell, a picture", () => {
    const picture = { pixels: { width: 1, height: 1, rgba: new Uint8ClampedArray(4) }, columns: 1, rows: 1 };
    for (const style of [{ background: "red" as const }, { inverse: true }, { picture: { picture, row: 0 } }]) {
      const row: Run[] = [run(" "), { ...style, text: " " }, run(" "), { ...style, text: "a" }, run(" ")];
      expect(mergeRuns(row)).toEqual(row);
    }
  });
});

describe("sliceRow", () => {
  it("keeps the columns asked for in their styles", () => {
    const row = [run("train", { color: "cyan" }), run(" 飛行 "), run("end", { bold: true })];
    expect(sliceRow(row, 3, 8)).toEqual([run("in", { color: "cyan" }), run(" 飛")]);
    expect(plainText(sliceRow(row, 7, 20))).toBe(" 行 end");
  });
});
