import fc from "fast-check";
import { expect, it } from "vitest";
import { sortAscending, sortWords } from "./sort-ascending.ts";

it("sorts as the built-in sort does, whatever the numbers and the place in their memory", () => {
  const numbers = fc.float32Array({ min: 0, noNaN: true, minLength: 0, maxLength: 1000 });
  fc.assert(
    fc.property(numbers, fc.nat(3), (values, offset) => {
      const own = values.map((value) => value + 0);
      const memory = new Float32Array(own.length + offset);
      memory.set(own, offset);
      expect(sortAscending(memory.subarray(offset))).toEqual(own.slice().sort());
      expect(sortAscending(Float64Array.from(own))).toEqual(Float64Array.from(own).sort());
    }),
  );
});

it("sorts words of all 32 bits, also where some digits are the same in all of them", () => {
  const words = fc.uint32Array({ minLength: 0, maxLength: 600 });
  fc.assert(
    fc.property(words, fc.constantFrom(0xffff_ffff, 0x7ff, 0x3f_f800, 0xffc0_0000), (values, mask) => {
      const masked = values.map((word) => word & mask);
      const sorted = masked.slice().sort();
      const found = new Uint32Array(masked.length);
      sortWords(masked, found);
      expect(found).toEqual(sorted);
    }),
  );
});
