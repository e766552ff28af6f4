import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectExactFill } from "../testing/rects.ts";
import { LEAST_COLUMNS, LEAST_ROWS, layoutFor } from "./layout.ts";

describe("layoutFor", () => {
  it("fills the terminal exactly with parts that don't overlap, at any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 250 }), fc.integer({ min: 5, max: 80 }), (columns, rows) => {
        const layout = layoutFor(columns, rows);
        if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
          expect(layout).toBeUndefined();
          return;
        }
        expectExactFill(Object.values(layout ?? {}), { left: 0, top: 0, width: columns, height: rows });
      }),
    );
  });

  it("leaves a tab at least 13 rows", () => {
    expect(layoutFor(60, 18)?.body.height).toBe(13);
    expect(layoutFor(80, 24)?.body.height).toBe(19);
  });
});
