import { expect, test } from "vitest";
import { clearAt, judge } from "./judge.ts";

test("more than two standard errors, either way; two and less is none", () => {
  expect([2.1, 2, 0, -2, -2.1].map((difference) => judge(difference, 1))).toEqual([
    "higher",
    "no clear difference",
    "no clear difference",
    "no clear difference",
    "lower",
  ]);
});

test("an error that is known from three runs must be exceeded 4.3 times", () => {
  expect(judge(4.3, 1, 2)).toBe("no clear difference");
  expect(judge(4.31, 1, 2)).toBe("higher");
});

test("the limits are the 97.5 % quantiles of Student's t", () => {
  // In closed form for one degree of freedom, tan(π (p - 1/2)), and for two.
  expect(clearAt(1)).toBeCloseTo(Math.tan(Math.PI * 0.475), 3);
  expect(clearAt(2)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 3);
  const limits = Array.from({ length: 40 }, (_, i) => clearAt(i + 1));
  expect(limits).toEqual(limits.toSorted((a, b) => b - a));
  expect(clearAt(2.9)).toBe(clearAt(2));
  expect([clearAt(1000), clearAt(Number.POSITIVE_INFINITY)]).toEqual([2, 2]);
});

test("what is no number makes no difference", () => {
  expect(judge(Number.NaN, 1)).toBe("no clear difference");
  expect(judge(1, Number.NaN)).toBe("no clear difference");
});
