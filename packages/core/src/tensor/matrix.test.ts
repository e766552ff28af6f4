import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addTransposedProduct, createMatrix, type Matrix, matrixOf, multiplyTransposed } from "./matrix.ts";

function arbitraryMatrix(rows: number, columns: number): fc.Arbitrary<Matrix> {
  return fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: rows * columns, maxLength: rows * columns })
    .map((values) => matrixOf(rows, columns, Float64Array.from(values)));
}

/** Shapes on both sides of every tile's edge. Whole numbers, so that sums are exact in any order. */
const problem = fc
  .record({
    n: fc.integer({ min: 1, max: 10 }),
    k: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ n, k, d }) => fc.record({ x: arbitraryMatrix(n, d), g: arbitraryMatrix(n, k) }));

function arbitraryFractions(rows: number, columns: number): fc.Arbitrary<Matrix> {
  const length = { minLength: rows * columns, maxLength: rows * columns };
  return fc
    .float64Array({ min: -1, max: 1, noNaN: true, ...length })
    .map((values) => matrixOf(rows, columns, values));
}

/** Odd and even rows, columns on both sides of a tile's edge. Sums are rounded, so their order tells. */
const fractions = fc
  .record({
    n: fc.integer({ min: 1, max: 5 }),
    k: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 3, max: 12 }),
  })
  .chain(({ n, k, d }) => fc.record({ x: arbitraryFractions(n, d), w: arbitraryFractions(k, d) }));

const at = ({ data, columns }: Matrix, row: number, column: number): number =>
  data[row * columns + column] as number;

describe("multiplyTransposed", () => {
  it("adds in the order of the depth in every shape: the same bits as the plain loop", () => {
    fc.assert(
      fc.property(fractions, ({ x, w }) => {
        const out = createMatrix(x.rows, w.rows);
        multiplyTransposed(x, w, out);
        for (let i = 0; i < x.rows; i++) {
          for (let k = 0; k < w.rows; k++) {
            let sum = 0;
            for (let j = 0; j < x.columns; j++) sum += at(x, i, j) * at(w, k, j);
            expect(at(out, i, k)).toBe(sum);
          }
        }
      }),
    );
  });

  it("touches the first rows only where asked to", () => {
    const x = matrixOf(2, 1, Float64Array.of(3, 5));
    const out = matrixOf(2, 1, Float64Array.of(-1, -1));
    multiplyTransposed(x, matrixOf(1, 1, Float64Array.of(2)), out, 1);
    expect([...out.data]).toEqual([6, -1]);
  });
});

describe("addTransposedProduct", () => {
  it("adds the sum over the rows to what was there, for every shape", () => {
    fc.assert(
      fc.property(problem, ({ x, g }) => {
        const out = createMatrix(g.columns, x.columns);
        out.data.fill(7);
        addTransposedProduct(g, x, out);
        for (let k = 0; k < g.columns; k++) {
          for (let j = 0; j < x.columns; j++) {
            let sum = 7;
            for (let i = 0; i < x.rows; i++) sum += at(g, i, k) * at(x, i, j);
            expect(at(out, k, j)).toBe(sum);
          }
        }
      }),
    );
  });
});

describe("matrixOf", () => {
  it("says both numbers where the length does not fit", () => {
    expect(() => matrixOf(2, 3, new Float64Array(5))).toThrow("5 values; expected 2 x 3 = 6");
  });
});
