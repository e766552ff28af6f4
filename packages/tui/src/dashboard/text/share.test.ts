import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth } from "../../text/width.ts";
import { abbreviate, tenthPercent, wholePercent } from "./share.ts";

test("a percentage claims no certainty that there isn't", () => {
  expect([0, 0.001, 0.005, 0.18, 0.995, 0.999, 1].map(wholePercent)).toEqual([
    "0 %",
    "<1 %",
    "1 %",
    "18 %",
    "100 %",
    ">99 %",
    "100 %",
  ]);
  expect(wholePercent(Number.NaN)).toBe("-");
  expect([tenthPercent(0.4824), tenthPercent(undefined)]).toEqual(["48.2 %", "-"]);
});

test("short names are told apart", () => {
  expect(abbreviate(["cat", "car", "cart", "dog"], 2)).toEqual(["ca", "cr", "ct", "do"]);
  expect(abbreviate(["kind 1", "kind 2", "kind 3"], 4)).toEqual(["kind", "kin2", "kin3"]);
});

test("short names fit, and are all different as long as digits last", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(names, fc.integer({ min: 2, max: 8 }), (long, width) => {
      const short = abbreviate(long, width);
      expect(new Set(short).size).toBe(long.length);
      for (const name of short) expect(displayWidth(name)).toBeLessThanOrEqual(width);
    }),
  );
});
