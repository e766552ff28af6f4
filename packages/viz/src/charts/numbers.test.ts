import { expect, test } from "vitest";
import { isExtreme, scientific } from "./numbers.ts";

test("large and small numbers are written as powers of ten", () => {
  expect([1.2e-6, 1e12, -3e5, 0, 9.96e9].map(scientific)).toEqual(["1.2×10⁻⁶", "10¹²", "−3×10⁵", "0", "10¹⁰"]);
});

test("ordinary numbers, and zero, are not extreme", () => {
  expect([0, 0.001, 99_999, -1].some(isExtreme)).toBe(false);
  expect([1e-4, 1e5, -1e5].every(isExtreme)).toBe(true);
});
