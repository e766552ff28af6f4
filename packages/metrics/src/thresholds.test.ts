import fc from "fast-check";
import { expect, it } from "vitest";
import { exactThresholds, type Thresholds } from "./thresholds.ts";

/** By counting, one threshold after the other. */
function countThresholds(scores: readonly number[], isOwn: readonly boolean[]): Thresholds | null {
  if (!scores.every((score) => score >= 0)) return null;
  const own = scores.filter((_, row) => isOwn[row]);
  const others = scores.filter((_, row) => !isOwn[row]);
  const falling = [...new Set(own.map((score) => score + 0))].sort((a, b) => b - a);
  const countIn = (list: readonly number[], isIn: (score: number, threshold: number) => boolean) =>
    Uint32Array.from(falling, (threshold) => list.filter((score) => isIn(score, threshold)).length);
  return {
    own: own.length,
    others: others.length,
    truePositives: countIn(own, (score, threshold) => score >= threshold),
    above: countIn(others, (score, threshold) => score > threshold),
    falsePositives: countIn(others, (score, threshold) => score >= threshold),
  };
}

it("thresholds of float32 and float64 are those that counting finds, ties, -0 and numbers above 1 included; none for no number", () => {
  const score = fc.oneof(
    // Multiples of 1/8 tie often.
    fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
    fc.constantFrom(-0, 1e-30, 1e-45, 7, Number.POSITIVE_INFINITY),
    // So near to each other that a table can't tell them apart, and float32 hardly.
    fc.integer({ min: 0, max: 20 }).map((n) => 0.3 + n * 1e-8),
  );
  const row = fc.tuple(score, score, fc.nat(1));
  const odd = fc.option(fc.constantFrom(Number.NaN, -0.5, Number.NEGATIVE_INFINITY), { freq: 9 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), odd, (table, strange) => {
      const numbers = table.flat();
      if (strange !== null && numbers.length > 0) numbers[0] = strange;
      const about = { classNames: ["a", "b"], expected: 0, classes: 2, rows: table.length };
      const labels = Uint8Array.from(table.map(([, , label]) => label));
      for (const kind of [Float32Array, Float64Array]) {
        // Room for more behind them, as an accumulator has.
        const scores = kind.from([...numbers, 9, 9, 9]);
        const expected = [0, 1].map((k) =>
          countThresholds(
            Array.from(labels, (_, i) => scores[2 * i + k] as number),
            Array.from(labels, (label) => label === k),
          ),
        );
        expect(exactThresholds({ ...about, labels, scores })).toEqual(expected);
      }
    }),
  );
});
