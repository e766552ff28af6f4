import { describe, expect, it } from "vitest";
import { median, pairedRatio, quantile, summarise } from "./statistics.ts";

describe("median", () => {
  it.each([
    [[3], 3],
    [[4, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 2, 1, 100], 9],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("leaves the list as it is", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("of nothing is NaN", () => expect(median([])).toBeNaN());
});

it("a quantile lies between its two neighbours", () => {
  expect(quantile([0, 10, 20, 30], 0.25)).toBe(7.5);
  expect(quantile([0, 10], 1)).toBe(10);
});

it("a summary has the median, the minimum, and half the quartiles' distance as a fraction of the median", () => {
  expect(summarise([8, 10, 12, 9, 11])).toEqual({ median: 10, minimum: 8, spread: 0.1 });
});

describe("paired ratio", () => {
  it("is of each round's pair: a machine twice as slow in some rounds doesn't show", () => {
    expect(pairedRatio([20, 40, 20, 40], [10, 20, 10, 20])).toBe(2);
  });

  it("is not the ratio of the medians", () => {
    expect(pairedRatio([1, 20, 30], [1, 10, 60])).toBe(1);
  });

  it("refuses lists of different lengths with both numbers", () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow("2 values for 1");
  });
});
