import fc from "fast-check";
import { expect, it } from "vitest";
import { percentText } from "./percent.ts";

it.each([
  [0.38944, 2, "38.94 %"],
  [0.99996, 2, "99.99 %"],
  [0.9999, 2, "99.99 %"],
  [1, 2, "100.00 %"],
  [0.9996, 1, "99.9 %"],
  [0.996, 0, "99 %"],
  [1.00001, 2, "100.00 %"],
  [1.5, 0, "150 %"],
  [-0.99999, 2, "-100.00 %"],
  [0, 2, "0.00 %"],
])("%d with %i decimals is %s", (fraction, digits, text) => {
  expect(percentText(fraction, digits)).toBe(text);
});

it("all is all, whatever the number of decimals", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(10), (fraction, digits) => {
      expect(Number.parseFloat(percentText(fraction, digits)) === 100).toBe(fraction === 1);
    }),
  );
});
