import { describe, expect, test } from "vitest";
import { spreadOf } from "../../testing/study.ts";
import { compare, compareBySeed, estimateOf, trendOf } from "./estimate.ts";

describe("what a figure's error rests on", () => {
  test("three runs or more: their deviation over the root of their number, and the images", () => {
    const estimate = estimateOf(spreadOf([0.38, 0.39, 0.4]), [10_000]);
    expect(estimate?.value).toBeCloseTo(0.39);
    expect(estimate?.standardError).toBeCloseTo(Math.hypot(0.01 / Math.sqrt(3), Math.sqrt(0.39 * 0.61) / 100));
  });

  test("degrees of freedom are the seeds' less one where seeds are all there is, and many where images are", () => {
    expect(estimateOf(spreadOf([0.3, 0.4, 0.5]), [1e12])?.degrees).toBeCloseTo(2, 6);
    expect(estimateOf(spreadOf([0.39, 0.39, 0.390001]), [100])?.degrees).toBeGreaterThan(1e6);
    // Equal shares of 2 and infinitely many: (1 + 1)² / (1² / 2).
    const [p, n] = [0.5, 10_000];
    const deviation = Math.sqrt(((p * (1 - p)) / n) * 3);
    expect(estimateOf(spreadOf([p - deviation, p, p + deviation]), [n])?.degrees).toBeCloseTo(8, 6);
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

describe("how two figures compare", () => {
  test("the errors of both sides add up in squares", () => {
    const at = (value: number, standardError: number) => ({ value, standardError });
    expect(compare(at(0.11, 0.003), at(0.1, 0.003))).toBe("higher");
    expect(compare(at(0.11, 0.004), at(0.1, 0.004))).toBe("no clear difference");
  });

  test("seed by seed: what all seeds share doesn't hide a difference", () => {
    const [a, b] = [
      [0.36, 0.46, 0.56],
      [0.31, 0.41, 0.51],
    ];
    expect(compareBySeed(spreadOf(a ?? []), spreadOf(b ?? []), [100_000])).toBe("higher");
    expect(compareBySeed(spreadOf(a ?? []), spreadOf(b?.toReversed() ?? []), [100_000])).toBe(
      "no clear difference",
    );
  });

  test("three seeds that differ need more than two of their standard errors", () => {
    // Differences of 1, 2 and 3 points: 2 ± 0.58, which is 3.5 of 4.3.
    const [a, b] = [spreadOf([0.41, 0.42, 0.43]), spreadOf([0.4, 0.4, 0.4])];
    expect(compareBySeed(a, b, [1e12])).toBe("no clear difference");
    expect(compareBySeed(a, spreadOf([0.39, 0.4, 0.41]), [1e12])).toBe("higher");
  });

  test("no spread over seeds makes up for few images", () => {
    expect(compareBySeed(spreadOf([0.42, 0.42, 0.42]), spreadOf([0.4, 0.4, 0.4]), [1000])).toBe(
      "no clear difference",
    );
    expect(compareBySeed(spreadOf([0.42, 0.42, 0.42]), spreadOf([0.4, 0.4, 0.4]), [100_000])).toBe("higher");
  });

  test("seeds of which one is missing are left out; where none is common nothing is clear", () => {
    expect(compareBySeed(spreadOf([0.5, null]), spreadOf([0.4, 0.9]), [10_000])).toBe("higher");
    expect(compareBySeed(spreadOf([0.5, null]), spreadOf([null, 0.1]), [10_000])).toBe("no clear difference");
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
