import fc from "fast-check";
import { expect, it } from "vitest";
import { createComparison, type Host } from "./equal-bytes.ts";

it.each([
  ["Node.js", globalThis as Host],
  ["a browser", {}],
])("%s tells arrays apart that differ in one bit, and none that are the same", (_, host) => {
  const areEqual = createComparison(host);
  const bytes = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (array, place, bit) => {
      // Over memory that threads share, as an engine's may be.
      const shared = new Uint8Array(new SharedArrayBuffer(array.length));
      shared.set(array);
      expect(areEqual(array, shared)).toBe(true);
      if (array.length === 0) return;
      shared[place % array.length] = (array[place % array.length] as number) ^ (1 << bit);
      expect(areEqual(array, shared)).toBe(false);
    }),
  );
});
