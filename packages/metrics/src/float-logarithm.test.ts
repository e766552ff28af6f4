import fc from "fast-check";
import { expect, it } from "vitest";
import { logarithmOf } from "./float-logarithm.ts";

it("is Math.log of every normal float32, to 1e-15 of it or, near 1, of 1", () => {
  // From the least normal number to the largest.
  const bits = fc.oneof(
    fc.integer({ min: 0x0080_0000, max: 0x7f7f_ffff }),
    fc.integer({ min: 0x3f7f_0000, max: 0x3f81_0000 }),
  );
  fc.assert(
    fc.property(bits, (word) => {
      const [value = 0] = new Float32Array(Uint32Array.of(word).buffer);
      const expected = Math.log(value);
      const error = Math.abs(logarithmOf(word) - expected);
      expect(error).toBeLessThan(1e-15 * Math.max(1, Math.abs(expected)));
    }),
    { numRuns: 5000 },
  );
});
