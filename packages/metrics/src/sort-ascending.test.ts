import fc from "fast-check";
import { expect, it } from "vitest";
import { sortAscending } from "./sort-ascending.ts";

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
