import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPercentTick, formatTick, logTicks, niceTicks } from "./ticks.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe("niceTicks", () => {
  it("gives round numbers", () => {
    expect(niceTicks(1.61, 2.33, 4)).toEqual([1.8, 2, 2.2]);
    expect(niceTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(1, 40, 5)).toEqual([10, 20, 30, 40]);
  });

  it("has none between two neighbours", () => {
    expect(niceTicks(1.0000000000000002e-300, 1.0000000000000004e-300, 2)).toEqual([]);
    expect(niceTicks(1, 1 + 1e-15, 5)).toEqual([]);
  });

  it("stays within the range and the number asked for, whatever the range", () => {
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 1, max: 12 }), (a, b, most) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const ticks = niceTicks(low, high, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        const slack = Math.abs(high / 2 - low / 2) * 1e-6 + 1e-300;
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low - slack);
          expect(tick).toBeLessThanOrEqual(high + slack);
        }
      }),
    );
  });

  it("has none where there is no range", () => {
    expect(niceTicks(1, 1, 5)).toEqual([]);
    expect(niceTicks(Number.NaN, 1, 5)).toEqual([]);
  });
});

describe("logTicks", () => {
  it("takes 1, 2 and 5 within a decade or two, and powers of ten beyond", () => {
    expect(logTicks(0, 2, 8)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(logTicks(-3, 3, 8)).toEqual([1e-3, 1e-2, 1e-1, 1, 10, 100, 1000]);
    expect(logTicks(-6, 6, 4).length).toBeLessThanOrEqual(4);
  });
});

describe("formatTick", () => {
  it("is as exact as the distance between ticks asks for", () => {
    expect(formatTick(2, 0.2)).toBe("2.0");
    expect(formatTick(20, 10)).toBe("20");
    expect(formatTick(1e308, 5e307)).toBe("1e308");
    expect(formatPercentTick(0.3, 0.1)).toBe("30%");
    expect(formatPercentTick(0.285, 0.005)).toBe("28.5%");
  });
});
