import { describe, expect, it } from "vitest";
import { plainText, rowWidth } from "../text/rows.ts";
import { createBrailleCanvas } from "./canvas.ts";
import { type CurveEnd, placeLabels } from "./labels.ts";
import { plot } from "./plot.ts";

function end(label: string, column: number, row: number, owner = 1): CurveEnd {
  return { label, owner, column, row };
}

function placesOf(ends: readonly CurveEnd[], rows = 5): string[] {
  const placed = placeLabels(ends, createBrailleCanvas(10, rows));
  return [...placed].flatMap(([row, labels]) =>
    [...labels].map(([column, { label }]) => `${label} ${column},${row}`),
  );
}

describe("placeLabels", () => {
  it("puts a label beside the end of its curve, and those that meet above and below each other", () => {
    expect(placesOf([end("a", 3, 2)])).toEqual(["a 4,2"]);
    expect(placesOf([end("a", 9, 2), end("b", 9, 2), end("c", 9, 2)]).sort()).toEqual([
      "a 10,2",
      "b 10,1",
      "c 10,3",
    ]);
  });

  it("rather moves a little than lies on another curve", () => {
    const canvas = createBrailleCanvas(10, 5);
    canvas.set(8, 10, 2);
    expect([...placeLabels([end("a", 3, 2)], canvas).keys()]).toEqual([1]);
  });

  it("leaves out what finds no free place", () => {
    expect(placesOf([end("a", 9, 0), end("b", 9, 0), end("c", 9, 0)], 2)).toHaveLength(2);
  });
});

describe("plot with labels", () => {
  it("has them at the right of the curves, in rows of the same width", () => {
    const epochs = Array.from({ length: 10 }, (_, index) => index + 1);
    const series = [
      { values: epochs, label: "a" },
      { values: epochs.slice(0, 5).map((value) => 10 - value), label: "b" },
    ];
    const rows = plot(series, 24, 8, { epochs });
    expect(rows.map(rowWidth)).toEqual(rows.map(() => 24));
    expect(`\n${rows.map((row) => plainText(row).trimEnd()).join("\n")}\n`).toMatchInlineSnapshot(`
      "
      10┤⡀                ⢀⠤⠒a
        │⠈⠒⠤⣀         ⢀⡠⠔⠊⠁
        │    ⠉⠒⠤⡀ b⣀⠔⠊⠁
       5┤      ⣀⠬⠓⠉
        │  ⢀⡠⠔⠉
        │⠔⠊⠁
        ╰┬───────┬──────────┬
         1       5         10
      "
    `);
  });

  it("cuts off what of a faint curve doesn't fit the others' range", () => {
    const epochs = [1, 2];
    const [front, back] = [
      [0.4, 0.38],
      [0.1, 0.39],
    ];
    const alone = plot([{ values: front }], 20, 8, { epochs });
    const both = plot([{ values: back, dim: true }, { values: front }], 20, 8, { epochs });
    const labels = (rows: typeof alone): string[] =>
      rows.map((row) =>
        plainText(row)
          .slice(0, 7)
          .trim()
          .replace(/[^\d.]/g, ""),
      );
    expect(labels(both)).toEqual(labels(alone));
  });

  it("cuts off a curve that is farther away than there are dots to count, and labels it at the edge", () => {
    const epochs = [1, 2, 3, 4];
    const front = { values: [0.4, 0.3, 0.2, 0.1] };
    const far = { values: [0.4, 1e28, 1e308, -1e300], label: "d", cut: true };
    const rows = plot([far, front], 20, 8, { epochs }).map(plainText);
    expect(rows[0]).toMatch(/^0\.4┤/);
    expect(rows.filter((row) => row.includes("d"))).toHaveLength(1);
  });
});
