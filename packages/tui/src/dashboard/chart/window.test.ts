import fc from "fast-check";
import { expect, it } from "vitest";
import { windowOf } from "./window.ts";

it("is what slice gives, while the values grow and the window changes", () => {
  const value = fc.option(fc.double({ noNaN: true }));
  const steps = fc.array(
    fc.record({ more: fc.array(value, { maxLength: 5 }), from: fc.nat(12), to: fc.nat(40) }),
  );
  fc.assert(
    fc.property(steps, (all) => {
      const values: (number | null)[] = [];
      for (const { more, from, to } of all) {
        values.push(...more);
        expect(windowOf(values, from, to)).toEqual(values.slice(from, to));
      }
    }),
  );
});

it("is the same array while a window without an end grows, and the values themselves where all are seen", () => {
  const values = [1, 2, 3];
  const part = windowOf(values, 1, 3);
  values.push(4);
  expect(windowOf(values, 1, 4)).toBe(part);
  expect(part).toEqual([2, 3, 4]);
  expect(windowOf(values, 0, 4)).toBe(values);
});
