import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimate } from "./decimate.ts";

const values = fc.array(fc.oneof(fc.double(), fc.constant(null)), { maxLength: 300 });

describe("decimate", () => {
  it("keeps at most four points a column, so 10,000 epochs cost what 100 cost", () => {
    const columns = 66;
    const pointsOf = (epochs: number): number => {
      const noisy = Array.from({ length: epochs }, (_, index) => Math.sin(index * 12.9898) * 43_758.5453);
      return decimate(noisy, (index) => Math.floor((index / epochs) * columns)).length;
    };
    expect(pointsOf(100)).toBeLessThanOrEqual(100);
    expect(pointsOf(10_000)).toBeLessThanOrEqual(4 * columns);
    expect(pointsOf(100_000)).toBeLessThanOrEqual(4 * columns);
  });

  it("loses no spike: the least and the largest of every column are kept", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (series, perColumn) => {
        const columnOf = (index: number) => Math.floor(index / perColumn);
        const kept = decimate(series, columnOf);
        for (let column = 0; column <= columnOf(series.length); column++) {
          const all = series
            .slice(column * perColumn, (column + 1) * perColumn)
            .filter((value): value is number => value !== null && Number.isFinite(value));
          const here = kept.filter(({ index }) => columnOf(index) === column).map(({ value }) => value);
          if (all.length === 0) expect(here).toEqual([]);
          else {
            expect(Math.min(...here)).toBeCloseTo(Math.min(...all));
            expect(Math.max(...here)).toBeCloseTo(Math.max(...all));
          }
        }
      }),
    );
  });

  it("keeps the order, and tells where a gap lies before a point", () => {
    const points = decimate([1, null, 3, Number.NaN, 5, 6], (index) => index);
    expect(points).toEqual([
      { index: 0, value: 1, afterGap: true },
      { index: 2, value: 3, afterGap: true },
      { index: 4, value: 5, afterGap: true },
      { index: 5, value: 6, afterGap: false },
    ]);
  });
});
