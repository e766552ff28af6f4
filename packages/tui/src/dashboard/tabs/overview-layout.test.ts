import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectExactFill } from "../testing/rects.ts";
import { LEAST_COLUMNS } from "../text/layout.ts";
import { overviewLayout } from "./overview-layout.ts";

const LEAST_HEIGHT = 13;
const content = fc.record({
  charts: fc.integer({ min: 1, max: 9 }),
  metrics: fc.nat(30),
  settings: fc.integer({ min: 9, max: 14 }),
});
const area = fc.record({
  left: fc.nat(3),
  top: fc.nat(3),
  width: fc.integer({ min: LEAST_COLUMNS, max: 250 }),
  height: fc.integer({ min: LEAST_HEIGHT, max: 75 }),
});
const DEFAULT = { charts: 3, metrics: 3, settings: 9 };

function at(width: number, height: number, what = DEFAULT) {
  return overviewLayout({ left: 0, top: 0, width, height }, what);
}

describe("overviewLayout", () => {
  it("fills its area exactly with panels that don't overlap, at any size", () => {
    fc.assert(
      fc.property(area, content, (place, what) => {
        const { charts, metrics, settings, log } = overviewLayout(place, what);
        expectExactFill([...charts, metrics, settings, log], place);
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves every chart room to draw in", () => {
    fc.assert(
      fc.property(area, content, (place, what) => {
        for (const { width, height } of overviewLayout(place, what).charts) {
          expect(width).toBeGreaterThanOrEqual(28);
          expect(height).toBeGreaterThanOrEqual(6);
        }
      }),
    );
  });

  it("shows loss and accuracy side by side on a terminal of 80 x 24", () => {
    expect(at(80, 19).charts.map(({ left, width }) => [left, width])).toEqual([
      [0, 40],
      [40, 40],
    ]);
  });

  it("puts charts one above the other where the terminal is narrow and high", () => {
    expect(at(60, 45).charts.map(({ left }) => left)).toEqual([0, 0]);
  });

  it("has panels for settings and log, and more charts, on a terminal of 200 x 60", () => {
    const { charts, settings, log } = at(200, 53, { charts: 4, metrics: 4, settings: 9 });
    expect(charts.length).toBe(4);
    expect(settings.height).toBeGreaterThan(9);
    expect(log.height).toBeGreaterThan(9);
  });
});
