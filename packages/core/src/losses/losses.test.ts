import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrixOf } from "../tensor/matrix.ts";
import { LOSSES } from "./losses.ts";
import { LOSS_NAMES, type LossName } from "./names.ts";
import { softmax } from "./softmax-cross-entropy.ts";

function evaluate(name: LossName, scores: readonly number[], label: number) {
  const classes = scores.length;
  const matrix = matrixOf(1, classes, Float64Array.from(scores));
  const probabilities = matrixOf(1, classes, new Float64Array(classes));
  const gradient = matrixOf(1, classes, new Float64Array(classes));
  const losses = new Float64Array(1);
  const labels = Uint8Array.of(label);
  LOSSES[name].evaluate(matrix, labels, 1, probabilities, losses);
  LOSSES[name].gradient(matrix, probabilities, labels, 1, gradient);
  return {
    loss: losses[0] as number,
    probabilities: [...probabilities.data],
    gradient: [...gradient.data],
  };
}

const example = fc
  .array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 2, maxLength: 12 })
  .chain((scores) => fc.record({ scores: fc.constant(scores), label: fc.nat(scores.length - 1) }));

describe.each(LOSS_NAMES)("loss %s", (name) => {
  it("gradient: agrees with centred differences of the loss, away from kinks", () => {
    fc.assert(
      fc.property(example, ({ scores, label }) => {
        const h = 1e-5;
        const margins = scores.map((score) => score - (scores[label] ?? 0) + 1);
        fc.pre(name !== "svm" || margins.every((margin) => Math.abs(margin) > 1e-3));
        const { gradient } = evaluate(name, scores, label);
        gradient.forEach((slope, k) => {
          const shifted = (by: number): number =>
            evaluate(
              name,
              scores.map((score, index) => (index === k ? score + by : score)),
              label,
            ).loss;
          expect(Math.abs((shifted(h) - shifted(-h)) / (2 * h) - slope)).toBeLessThan(1e-5);
        });
      }),
    );
  });

  it("stays finite, and not negative, for scores of any size", () => {
    for (const scores of [
      [1e4, -1e4, 0],
      [-1e4, 1e4, 0],
      [800, 800, 800],
      [-800, -800, -800],
    ]) {
      const { loss, probabilities } = evaluate(name, scores, 0);
      expect(Number.isFinite(loss) && loss >= 0).toBe(true);
      expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });

  it("NaN in, NaN out: nothing hides it", () => {
    if (name === "svm") return;
    expect(evaluate(name, [Number.NaN, 0, 1], 1).loss).toBeNaN();
  });
});

describe("loss softmax", () => {
  it("is ln K where all scores are equal", () => {
    expect(evaluate("softmax", [3, 3, 3, 3], 2).loss).toBeCloseTo(Math.log(4), 14);
  });

  it("probabilities add up to 1, and do not change where all scores shift", () => {
    fc.assert(
      fc.property(example, fc.double({ min: -50, max: 50, noNaN: true }), ({ scores, label }, shift) => {
        const { probabilities } = evaluate("softmax", scores, label);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        const moved = evaluate(
          "softmax",
          scores.map((score) => score + shift),
          label,
        ).probabilities;
        moved.forEach((p, k) => {
          expect(p).toBeCloseTo(probabilities[k] ?? Number.NaN, 10);
        });
      }),
    );
  });

  it("gradient adds up to 0 over the classes", () => {
    fc.assert(
      fc.property(example, ({ scores, label }) => {
        const { gradient } = evaluate("softmax", scores, label);
        expect(Math.abs(gradient.reduce((sum, slope) => sum + slope, 0))).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("loss bce", () => {
  it("is ln 2 where every score is 0", () => {
    expect(evaluate("bce", [0, 0, 0], 1).loss).toBeCloseTo(Math.LN2, 14);
  });
});

describe("loss svm", () => {
  it("is 0 once the label's score leads by the margin, and K - 1 where all are equal", () => {
    expect(evaluate("svm", [2, 1, 0], 0).loss).toBe(0);
    expect(evaluate("svm", [5, 5, 5, 5], 0).loss).toBe(3);
  });
});

describe("softmax", () => {
  it("of rows: each sums to 1, large scores don't overflow, and equal ones share", () => {
    const [a = 0, b = 0, c = 0] = softmax([1, 2, 3]);
    expect([a, b, c].map((p) => p / a)).toEqual([
      1,
      expect.closeTo(Math.E, 12),
      expect.closeTo(Math.E * Math.E, 12),
    ]);
    expect([...softmax([1e4, 1e4, -1e4, 1e4], 2)]).toEqual([0.5, 0.5, 0, 1]);
    expect(softmax([])).toHaveLength(0);
  });

  it("refuses what are no whole rows", () => {
    expect(() => softmax([1, 2, 3], 2)).toThrow("3 scores for 2 classes; expected whole rows");
  });
});
