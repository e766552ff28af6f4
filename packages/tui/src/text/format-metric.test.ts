import { expect, it } from "vitest";
import { formatMetric } from "./format-metric.ts";

const NONE = new Map();

it.each([
  ["fraction", {}, 0.38944, "38.94 %"],
  ["fraction", { digits: 1 }, 0.38944, "38.9 %"],
  ["fraction", {}, 0.99996, "99.99 %"],
  ["fraction", { digits: 0 }, 0.996, "99 %"],
  ["fraction", {}, 1, "100.00 %"],
  ["%", {}, 43.1, "43.10 %"],
  ["%", { digits: 1 }, 99.96, "99.9 %"],
  ["%", {}, Number.NaN, "NaN"],
  ["bits", { digits: 2 }, 12.3456, "12.35"],
  ["bits", {}, 12.3456, "12.35"],
  [null, { digits: 0 }, 1234.5, "1235"],
  [null, { digits: 3 }, Number.POSITIVE_INFINITY, "∞"],
  // A log may come from anywhere.
  [null, { digits: 1e9 }, 0.25, "0.2500"],
  [null, undefined, 0.25, "0.2500"],
])("of the unit %s, with the display %j, %s is written %s", (unit, display, value, text) => {
  expect(formatMetric({ name: "x", unit, ...(display && { display }) }, value, NONE)).toBe(text);
});

it("a metric's own format comes first, where it gives a text", () => {
  const info = { name: "x", unit: null, display: { digits: 1 } };
  expect(formatMetric(info, 2, new Map([["x", (value: number) => `2x ${value}`]]))).toBe("2x 2");
  const fails = (): string => {
    throw new Error("no");
  };
  expect(formatMetric(info, 2, new Map([["x", fails]]))).toBe("2.0");
  expect(formatMetric(info, null, NONE)).toBe("-");
});
