import { describe, expect, test } from "vitest";
import { spreadOf } from "../../testing/study.ts";
import { compare, estimateOf, judge, trendOf } from "./estimate.ts";

describe("what a figure's error rests on", () => {
  test("three runs or more: their deviation over the root of their number", () => {
    const estimate = estimateOf(spreadOf([0.38, 0.39, 0.4]), [10_000]);
    expect(estimate?.value).toBeCloseTo(0.39);
    expect(estimate?.standardError).toBeCloseTo(0.01 / Math.sqrt(3));
  });

  test("fewer: the error of a fraction of so many images, with null for what never ended", () => {
    expect(estimateOf(spreadOf([0.36, null, null]), [10_000])?.standardError).toBeCloseTo(0.0048);
    expect(estimateOf(spreadOf([0.3, 0.5]), [2400])?.standardError).toBeCloseTo(0.01);
    expect(estimateOf(spreadOf([null]), [10_000])).toBeNull();
  });

  test("a difference of two fractions has the errors of both, at their largest", () => {
    expect(estimateOf(spreadOf([0.07]), [10_000, 10_000])?.standardError).toBeCloseTo(0.005 * Math.SQRT2);
  });
});

describe("what may be called a difference", () => {
  test("more than two standard errors, either way; two and less is none", () => {
    expect([2.1, 2, 0, -2, -2.1].map((difference) => judge(difference, 1))).toEqual([
      ...["higher", "no clear difference", "no clear difference", "no clear difference", "lower"],
    ]);
  });

  test("the errors of both sides add up in squares", () => {
    const at = (value: number, standardError: number) => ({ value, standardError });
    expect(compare(at(0.11, 0.003), at(0.1, 0.003))).toBe("higher");
    expect(compare(at(0.11, 0.004), at(0.1, 0.004))).toBe("no clear difference");
  });

  test("what is no number makes no difference", () => {
    expect(judge(Number.NaN, 1)).toBe("no clear difference");
    expect(judge(1, Number.NaN)).toBe("no clear difference");
  });
});

describe("trend at the end", () => {
  test("a straight line is found whatever came before", () => {
    const values = Array.from({ length: 40 }, (_, i) => (i < 30 ? 7 : 0.3 + 0.002 * i));
    const trend = trendOf(values);
    expect(trend?.epochs).toBe(10);
    expect(trend?.slope).toBeCloseTo(0.002, 12);
    expect(trend?.standardError).toBeCloseTo(0, 12);
  });

  test("slope and error are those of least squares, over gaps too", () => {
    // By hand: x = 0 1 3 4 5, y = 1 2 2 4 4; means 2.6 and 2.6; Sxx = 17.2, Sxy = 10.2, residuals 7.2 - 10.2²/17.2.
    const trend = trendOf([...Array.from({ length: 18 }, () => 0), 1, 2, null, 2, 4, 4]);
    expect(trend?.slope).toBeCloseTo(10.2 / 17.2);
    expect(trend?.standardError).toBeCloseTo(Math.sqrt((7.2 - 10.2 ** 2 / 17.2) / 3 / 17.2));
  });

  test("four values make none", () => {
    expect(trendOf([1, 2, 3, 4])).toBeNull();
  });
});
