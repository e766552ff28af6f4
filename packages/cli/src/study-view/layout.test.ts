import { LEAST_COLUMNS, LEAST_ROWS, type Rect } from "@trainscope/tui/parts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StudyLayout, studyLayoutFor } from "./layout.ts";

function panels({ framed: _, ...rects }: StudyLayout): Rect[] {
  return Object.values(rects);
}

describe("studyLayoutFor", () => {
  it("gives every cell of the terminal to exactly one panel, at any size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 250 }),
        fc.integer({ min: 5, max: 80 }),
        fc.record({ stages: fc.integer({ min: 1, max: 12 }), jobs: fc.integer({ min: 1, max: 64 }) }),
        (columns, rows, content) => {
          const layout = studyLayoutFor(columns, rows, content);
          if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
            expect(layout).toBeUndefined();
            return;
          }
          const owners = new Uint8Array(columns * rows);
          for (const { left, top, width, height } of layout ? panels(layout) : []) {
            expect(width).toBeGreaterThan(0);
            expect(height).toBeGreaterThan(0);
            for (let row = top; row < top + height; row++) {
              for (let column = left; column < left + width; column++) {
                const cell = row * columns + column;
                owners[cell] = (owners[cell] ?? 0) + 1;
              }
            }
          }
          expect(owners.every((count) => count === 1)).toBe(true);
          expect(owners).toHaveLength(columns * rows);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("leaves the chart and the table room at the least size, whatever there is to list", () => {
    const layout = studyLayoutFor(LEAST_COLUMNS, LEAST_ROWS, { stages: 12, jobs: 64 });
    expect(layout?.chart.height).toBeGreaterThanOrEqual(6);
    expect(layout?.finished.height).toBeGreaterThanOrEqual(4);
  });
});
