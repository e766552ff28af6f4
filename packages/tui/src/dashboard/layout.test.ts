import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Layout, LEAST_COLUMNS, LEAST_ROWS, layoutFor, type Rect } from "./layout.ts";

function panels({ title, charts, metrics, settings, log, progress, hints }: Layout): Rect[] {
  return [title, ...charts, metrics, settings, log, progress, hints];
}

function overlap(a: Rect, b: Rect): boolean {
  const across = a.left < b.left + b.width && b.left < a.left + a.width;
  return across && a.top < b.top + b.height && b.top < a.top + a.height;
}

const content = fc.record({
  charts: fc.integer({ min: 1, max: 9 }),
  metrics: fc.nat(30),
  settings: fc.integer({ min: 9, max: 14 }),
});
const DEFAULT = { charts: 3, metrics: 3, settings: 9 };

describe("layoutFor", () => {
  it("fills the terminal exactly with panels that don't overlap, at any size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 250 }),
        fc.integer({ min: 5, max: 80 }),
        content,
        (columns, rows, what) => {
          const layout = layoutFor(columns, rows, what);
          if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
            expect(layout).toBeUndefined();
            return;
          }
          const all = layout ? panels(layout) : [];
          expect(all.length).toBeGreaterThan(0);
          for (const { left, top, width, height } of all) {
            expect(left).toBeGreaterThanOrEqual(0);
            expect(top).toBeGreaterThanOrEqual(0);
            expect(width).toBeGreaterThan(0);
            expect(height).toBeGreaterThan(0);
            expect(left + width).toBeLessThanOrEqual(columns);
            expect(top + height).toBeLessThanOrEqual(rows);
          }
          all.forEach((panel, index) => {
            for (const other of all.slice(index + 1)) expect(overlap(panel, other)).toBe(false);
          });
          const area = all.reduce((sum, { width, height }) => sum + width * height, 0);
          expect(area).toBe(columns * rows);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("leaves every chart room to draw in", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_COLUMNS, max: 250 }),
        fc.integer({ min: LEAST_ROWS, max: 80 }),
        content,
        (columns, rows, what) => {
          for (const { width, height } of layoutFor(columns, rows, what)?.charts ?? []) {
            expect(width).toBeGreaterThanOrEqual(28);
            expect(height).toBeGreaterThanOrEqual(6);
          }
        },
      ),
    );
  });

  it("shows loss and accuracy side by side at 80 x 24", () => {
    const charts = layoutFor(80, 24, DEFAULT)?.charts ?? [];
    expect(charts.map(({ left, width }) => [left, width])).toEqual([
      [0, 40],
      [40, 40],
    ]);
  });

  it("puts charts one above the other where the terminal is narrow and high", () => {
    const charts = layoutFor(60, 50, DEFAULT)?.charts ?? [];
    expect(charts.map(({ left }) => left)).toEqual([0, 0]);
  });

  it("has panels for settings and log, and more charts, at 200 x 60", () => {
    const layout = layoutFor(200, 60, { charts: 4, metrics: 4, settings: 9 });
    expect(layout?.charts.length).toBe(4);
    expect(layout?.settings.height).toBeGreaterThan(9);
    expect(layout?.log.height).toBeGreaterThan(9);
  });
});
