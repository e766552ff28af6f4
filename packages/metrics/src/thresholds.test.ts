import fc from "fast-check";
import { expect, it } from "vitest";
import { exactThresholds } from "./thresholds.ts";

it("float32 and float64 come to the same thresholds, ties and -0 included, and both to none for no number", () => {
  // Multiples of 1/8 tie often, and are the same in both.
  const score = fc.oneof(
    fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
    fc.constantFrom(-0, 1e-30),
  );
  const row = fc.tuple(score, score, fc.nat(1));
  const odd = fc.option(fc.constantFrom(Number.NaN, -0.5, Number.NEGATIVE_INFINITY), { freq: 9 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), odd, (table, strange) => {
      const numbers = table.flatMap(([one, other]) => [one, other].map(Math.fround));
      if (strange !== null && numbers.length > 0) numbers[0] = strange;
      const about = { classNames: ["a", "b"], expected: 0, classes: 2, rows: table.length };
      const labels = Uint8Array.from(table.map(([, , label]) => label));
      for (const k of [0, 1]) {
        // Room for more behind them, as an accumulator has.
        const scores = Float32Array.from([...numbers, 9, 9, 9]);
        const floats = exactThresholds({ ...about, labels, scores }, k);
        const doubles = exactThresholds({ ...about, labels, scores: Float64Array.from(scores) }, k);
        expect(floats).toEqual(doubles);
        expect(floats === null).toBe(strange !== null && k === 0 && numbers.length > 0);
      }
    }),
  );
});
