import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparkline } from "./sparkline.ts";

const LEVELS = ["▁", "▃", "▅", "▇"];

describe("sparkline", () => {
  it("draws the newest values at the right", () => {
    expect(sparkline([9, 0, 1, 2, 3], 4, LEVELS)).toBe("▁▃▅▇");
    expect(sparkline([0, null, 3], 5, LEVELS)).toBe("  ▁ ▇");
    expect(sparkline([2, 2], 2, LEVELS)).toBe("▅▅");
  });

  it("is exactly as wide as asked, whatever the values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.constant(null))),
        fc.integer({ min: 1, max: 40 }),
        (values, width) => {
          expect([...sparkline(values, width, LEVELS)].length).toBe(width);
        },
      ),
    );
  });
});
