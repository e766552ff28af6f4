import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extentOf } from "./extent.ts";

const value = fc.oneof(fc.double(), fc.constant(null));

/** Where the earliest of the least and of the largest is. */
function endsAt(values: readonly (number | null)[], finite: readonly number[]) {
  const [lowAt, highAt] = [Math.min(...finite), Math.max(...finite)].map((end) =>
    values.findIndex((one) => one !== null && one - end === 0),
  );
  return finite.length === 0 ? { lowAt: undefined, highAt: undefined } : { lowAt, highAt };
}

describe("extentOf", () => {
  it("knows the least, the largest, and what is missing, of a curve that has grown too", () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (before, more) => {
        const growing = [...before];
        extentOf(growing);
        growing.push(...more);
        const finite = growing.filter((one) => one !== null && Number.isFinite(one));
        const firstMissing = growing.findIndex((one) => one === null || !Number.isFinite(one));
        const places = growing.flatMap((one, index) => (one !== null && Number.isFinite(one) ? [index] : []));
        const steps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
        expect(extentOf(growing)).toEqual({
          low: Math.min(...finite.map(Number)),
          high: Math.max(...finite.map(Number)),
          ...endsAt(growing, finite.map(Number)),
          lowPositive: Math.min(...finite.map(Number).filter((one) => one > 0)),
          missing: growing.length - finite.length,
          firstMissing: firstMissing < 0 ? undefined : firstMissing,
          every: steps.length > 0 ? Math.min(...steps) : 1,
        });
      }),
    );
  });
});
