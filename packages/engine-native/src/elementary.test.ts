// exp and log are the engine's own: their error is stated, and their bits are those of every vector.
import { describe, expect, it } from "vitest";
import { findBinding } from "./support.ts";

const binding = findBinding();
const allVectors = "reason" in binding ? [] : binding.vectors;

function apply(vectors: string, isLog: boolean, values: Float32Array): Float32Array {
  if ("reason" in binding) throw new Error(binding.reason);
  const results = values.slice();
  binding.elementary(vectors, isLog, results);
  return results;
}

/** Distance to the true value in units in the last place of float32. */
function errorInUnits(actual: number, expected: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(expected))));
  return Math.abs(actual - expected) / 2 ** (exponent - 23);
}

const COUNT = 160_000;
const exponents = Float32Array.from({ length: COUNT }, (_, i) => -87 + (i * 175.7) / COUNT);
/** From 1 to 1e30, evenly on a logarithmic scale, and more closely just above 1. */
const numbers = Float32Array.from({ length: COUNT }, (_, i) =>
  i % 2 === 0 ? 10 ** ((i * 30) / COUNT) : 1 + i / COUNT,
);

describe.skipIf(allVectors.length === 0).each(allVectors)("%s", (vectors) => {
  it("exp: within 2 units in the last place wherever float32 has normal numbers", () => {
    const results = apply(vectors, false, exponents);
    const errors = exponents.map((x, i) => errorInUnits(results[i] ?? Number.NaN, Math.exp(x)));
    expect(Math.max(...sample(errors))).toBeLessThan(2);
  });

  it("log: within 2 units in the last place from 1 on", () => {
    const results = apply(vectors, true, numbers);
    const errors = numbers.map((x, i) =>
      x === 1 ? Number(results[i] !== 0) * 9 : errorInUnits(results[i] ?? Number.NaN, Math.log(x)),
    );
    expect(Math.max(...sample(errors))).toBeLessThan(2);
  });

  it("exp and log of what is no ordinary number", () => {
    const odd = new Float32Array(16);
    odd.set([Number.NaN, Infinity, -Infinity, 0, -0, -200, 200, 89, -104]);
    expect([...apply(vectors, false, odd).subarray(0, 9)]).toEqual([
      Number.NaN,
      Infinity,
      0,
      1,
      1,
      0,
      Infinity,
      Infinity,
      0,
    ]);
    const ones = new Float32Array(16).fill(1);
    ones[3] = Number.NaN;
    const logs = [...apply(vectors, true, ones)];
    expect(logs.map(Number.isNaN).indexOf(true)).toBe(3);
    expect(logs.filter((value) => value === 0)).toHaveLength(15);
  });

  it("gives the bits of the portable kernels", () => {
    for (const [isLog, values] of [
      [false, exponents],
      [true, numbers],
    ] as const) {
      expect(
        Buffer.from(apply(vectors, isLog, values).buffer).equals(
          Buffer.from(apply("portable", isLog, values).buffer),
        ),
      ).toBe(true);
    }
  });
});

/** `Math.max` takes no more arguments than fit the stack. */
function sample(errors: Float32Array): readonly number[] {
  const largest = new Array<number>(100).fill(0);
  errors.forEach((error, i) => {
    largest[i % 100] = Math.max(largest[i % 100] ?? 0, Number.isNaN(error) ? Infinity : error);
  });
  return largest;
}
