import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smooth } from "./smooth.ts";

const weight = fc.double({ min: 0, max: 0.99, noNaN: true });
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** The formula as it stands in the paper, in two steps. */
function debiased(values: readonly number[], b: number): number[] {
  let sum = 0;
  return values.map((value, index) => {
    sum = b * sum + (1 - b) * value;
    return sum / (1 - b ** (index + 1));
  });
}

describe("smooth", () => {
  it("is the exponential average divided by 1 - b^t", () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 60 }), weight, (values, b) => {
        const expected = debiased(values, b);
        smooth(values, b).forEach((value, index) => {
          expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 4);
        });
      }),
    );
  });

  it("begins with the first value exactly, and leaves a constant what it is", () => {
    fc.assert(
      fc.property(number, weight, fc.integer({ min: 1, max: 500 }), (value, b, length) => {
        const smoothed = smooth(
          Array.from({ length }, () => value),
          b,
        );
        expect(smoothed[0]).toBe(value + 0);
        for (const one of smoothed)
          expect(Math.abs((one ?? 0) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-12);
      }),
    );
  });

  it("skips gaps, which stay gaps", () => {
    const whole = smooth([1, 2, 4], 0.6);
    expect(smooth([null, 1, Number.NaN, 2, null, 4], 0.6)).toEqual([
      null,
      whole[0],
      null,
      whole[1],
      null,
      whole[2],
    ]);
  });

  it("stays finite among the largest doubles", () => {
    expect(smooth([1.7e308, -1.7e308, 1.7e308, 1.7e308], 0.1).every(Number.isFinite)).toBe(true);
  });

  it("grows with the values, and gives what it gives for all at once", () => {
    const growing = [3, 1, null];
    const before = smooth(growing, 0.9);
    growing.push(2, 5);
    expect(smooth(growing, 0.9)).toBe(before);
    expect(smooth(growing, 0.9)).toEqual(smooth([3, 1, null, 2, 5], 0.9));
    expect(smooth(growing, 0)).toEqual([3, 1, null, 2, 5]);
  });
});
