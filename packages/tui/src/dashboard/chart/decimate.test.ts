import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimate, type Point } from "./decimate.ts";
import type { Values } from "./values.ts";

const values = fc.array(fc.oneof(fc.double(), fc.constant(null)), { maxLength: 300 });

/** So many values to a column. */
function pointsOf(series: Values, perColumn: number, above?: number): readonly Point[] {
  return decimate(series, columnsOf(series.length, perColumn, above)).points;
}

function columnsOf(length: number, perColumn: number, above = Number.NEGATIVE_INFINITY) {
  const epochs = Array.from({ length }, (_, index) => index);
  return { epochs, key: String(perColumn), columnOf: (epoch: number) => Math.floor(epoch / perColumn), above };
}

function isThere(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

describe("decimate", () => {
  it("keeps at most four points a column, so 10,000 epochs cost what 100 cost", () => {
    const noisy = Array.from({ length: 10_000 }, (_, index) => Math.sin(index * 12.9898) * 43_758.5453);
    expect(pointsOf(noisy, 150).length).toBeLessThanOrEqual(4 * 67);
    expect(pointsOf(noisy.slice(0, 100), 1)).toHaveLength(100);
  });

  it("loses no spike: the least and the largest of every column are kept", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (series, perColumn) => {
        const kept = pointsOf(series, perColumn);
        for (let column = 0; column * perColumn <= series.length; column++) {
          const all = series.slice(column * perColumn, (column + 1) * perColumn).filter(isThere);
          const here = kept.filter(({ index }) => Math.floor(index / perColumn) === column);
          const found = here.map(({ value }) => value);
          if (all.length === 0) expect(found).toEqual([]);
          else {
            expect(Math.min(...found)).toBeCloseTo(Math.min(...all));
            expect(Math.max(...found)).toBeCloseTo(Math.max(...all));
          }
        }
      }),
    );
  });

  it("keeps the order, and tells where a gap lies before a point", () => {
    const series = [1, null, 3, Number.NaN, 5, 6];
    const columns = columnsOf(series.length, 1);
    const { points, gaps } = decimate(series, columns);
    expect(points).toEqual([
      { index: 0, value: 1, afterGap: true },
      { index: 2, value: 3, afterGap: true },
      { index: 4, value: 5, afterGap: true },
      { index: 5, value: 6, afterGap: false },
    ]);
    expect([...gaps]).toEqual([1, 3]);
  });

  it("leaves out what isn't above a bound before it chooses, so the least that can be shown is kept", () => {
    expect(pointsOf([5, -1, 2, 7, 4], 5, 0).map(({ value }) => value)).toEqual([5, 2, 7, 4]);
  });

  it("gives for a curve that has grown what it gives for the same curve at once", () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 1, max: 20 }), (before, more, perColumn) => {
        const columns = columnsOf(before.length + more.length, perColumn);
        const growing = [...before];
        decimate(growing, columns);
        for (const value of more) {
          growing.push(value);
          decimate(growing, columns);
        }
        expect(decimate(growing, columns)).toEqual(decimate([...before, ...more], columns));
      }),
    );
  });

  it("joins the values of a metric that is there every nth epoch, and tells where one is missing", () => {
    const columns = columnsOf(10, 1);
    const series = [null, 2, null, 4, null, 6, null, null, null, 10];
    const { points, gaps } = decimate(series, { ...columns, every: 2 });
    expect(points.map(({ value, afterGap }) => [value, afterGap])).toEqual([
      [2, true],
      [4, false],
      [6, false],
      [10, true],
    ]);
    expect([...gaps]).toEqual([7, 8]);
  });

  it("begins anew where the columns are others, or values were taken away", () => {
    const growing = [3, 1, 2, 5, 4];
    const wide = columnsOf(5, 5);
    decimate(growing, wide);
    expect(decimate(growing, columnsOf(5, 1)).points).toHaveLength(5);
    growing.length = 2;
    expect(decimate(growing, wide).points.map(({ value }) => value)).toEqual([3, 1]);
  });
});
