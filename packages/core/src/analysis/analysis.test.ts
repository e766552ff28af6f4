import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classesOf, confusionMatrix } from "./confusion.ts";
import { majorityVote } from "./majority-vote.ts";
import { meanAbsoluteChange } from "./mean-absolute-change.ts";
import { worstMistakes } from "./mistakes.ts";
import { pairedGainOf } from "./paired-gain.ts";
import {
  accuracyOf,
  lastPredictions,
  type Predictions,
  predictedClass,
  predictedClasses,
} from "./predictions.ts";
import { probabilityHistogram } from "./probability-histogram.ts";
import { curveSpreadOf, spreadOf } from "./spread.ts";

function answersOf(
  labels: number[],
  predicted: number[],
  confidence: number[] = labels.map(() => 0.5),
): Predictions {
  return {
    labels: Uint8Array.from(labels),
    predicted: Int16Array.from(predicted),
    predictedProbabilities: Float32Array.from(confidence),
    labelProbabilities: Float32Array.from(labels, (label, i) =>
      label === predicted[i] ? (confidence[i] ?? 0) : (1 - (confidence[i] ?? 0)) / 2,
    ),
    loss: 1,
  };
}

it("the answers to many rows are those to each by itself: ties, zeros of either sign, and what is no number included", () => {
  const odd = fc.constantFrom(0, -0, 1, 0.5, 0.5, -0.5, Number.NaN, Infinity, -Infinity, 1e-42);
  const value = fc.oneof(odd, fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(value, { maxLength: 120 }), (classes, values) => {
      const rows = Math.floor(values.length / classes);
      for (const probabilities of [Float64Array.from(values), Float32Array.from(values)]) {
        // A view that doesn't begin where its memory does, as an engine's may be.
        const view = probabilities.subarray(classes);
        const found = predictedClasses(view, classes, Math.max(0, rows - 1));
        expect([...found]).toEqual(Array.from(found, (_, row) => predictedClass(view, row * classes, classes)));
      }
    }),
  );
  const negativeNaN = new Float32Array(Uint32Array.of(0xffc00000, 0x3f000000).buffer);
  expect([...predictedClasses(negativeNaN, 2, 1)]).toEqual([1]);
  // Of a program in JavaScript, which no type holds back.
  expect([...predictedClasses([0.1, 0.9] as never, 2, 1)]).toEqual([1]);
});

describe("spread", () => {
  it("is mean and sample standard deviation (statistics.stdev of Python)", () => {
    const { mean, deviation } = spreadOf([0.389, 0.3904, 0.3871, 0.3912]);
    expect(mean).toBeCloseTo(0.389425, 12);
    expect(deviation).toBeCloseTo(0.0017969882210706531, 12);
  });

  it("has no deviation for one value, no mean for none, and leaves out what is missing", () => {
    expect(spreadOf([2])).toEqual({ values: [2], mean: 2, deviation: null });
    expect(spreadOf([null, null])).toEqual({ values: [null, null], mean: null, deviation: null });
    expect(spreadOf([1, null, 3])).toMatchObject({ mean: 2, deviation: Math.SQRT2 });
  });

  it("of curves goes epoch by epoch, to the end of the longest", () => {
    expect(
      curveSpreadOf([
        [1, 2, 3],
        [3, 2],
      ]),
    ).toEqual({
      mean: [2, 2, 3],
      deviation: [Math.SQRT2, 0, null],
    });
  });
});

describe("meanAbsoluteChange", () => {
  it("is the mean absolute change over the last half", () => {
    expect(meanAbsoluteChange([0, 9, 1, 3, 2, 5])).toBeCloseTo((1 + 3) / 2, 12);
  });

  it("of a straight line is its slope, wherever it lies and however long it is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.integer({ min: 4, max: 60 }),
        (start, slope, length) => {
          const line = Array.from({ length }, (_, i) => start + slope * i);
          expect(meanAbsoluteChange(line)).toBeCloseTo(Math.abs(slope), 9);
        },
      ),
    );
  });

  it("doesn't leap over gaps, and is nothing for a single value", () => {
    expect(meanAbsoluteChange([0, 0, 1, null, 9, 10])).toBe(1);
    expect(meanAbsoluteChange([1])).toBeNull();
  });
});

describe("confusion", () => {
  const names = ["cat", "dog", "frog"];
  const given = answersOf([0, 0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 0, 2, 0]);

  it("counts true classes in rows and answers in columns", () => {
    expect(confusionMatrix(given, 3)).toEqual([
      [1, 2, 0],
      [1, 1, 0],
      [1, 0, 1],
    ]);
  });

  it("gives recall, precision and the most frequent mistake (sklearn.metrics.precision_recall_fscore_support)", () => {
    const classes = classesOf(confusionMatrix(given, 3), names);
    expect(classes).toEqual([
      { name: "cat", images: 3, recall: 1 / 3, precision: 1 / 3, mostConfusedWith: { name: "dog", images: 2 } },
      { name: "dog", images: 2, recall: 1 / 2, precision: 1 / 3, mostConfusedWith: { name: "cat", images: 1 } },
      { name: "frog", images: 2, recall: 1 / 2, precision: 1, mostConfusedWith: { name: "cat", images: 1 } },
    ]);
  });

  it("says nothing of classes without images or answers", () => {
    const [, second] = classesOf(confusionMatrix(answersOf([0], [0]), 2), ["cat", "dog"]);
    expect(second).toEqual({ name: "dog", images: 0, recall: null, precision: null, mostConfusedWith: null });
  });

  it("its trace is the accuracy", () => {
    const classOf = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(classOf, classOf), { minLength: 1, maxLength: 50 }), (pairs) => {
        const some = answersOf(
          pairs.map(([label]) => label),
          pairs.map(([, answer]) => answer),
        );
        const matrix = confusionMatrix(some, 5);
        const right = matrix.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
        expect(accuracyOf(some)).toBeCloseTo(right / pairs.length, 12);
        expect(matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
      }),
    );
  });
});

describe("paired gain", () => {
  it("is the formula for matched pairs, worked out by hand", () => {
    // Right: model 1 1 1 1 0 0, baseline 1 0 0 0 1 0: three to one over six images.
    const labels = [0, 0, 0, 0, 0, 0];
    const gain = pairedGainOf(answersOf(labels, [0, 0, 0, 0, 1, 1]), answersOf(labels, [0, 1, 1, 1, 0, 1]));
    expect(gain.difference).toBeCloseTo(2 / 6, 12);
    expect(gain.standardError).toBeCloseTo(Math.sqrt(4 - 4 / 6) / 6, 12);
    expect(gain.images).toBe(6);
  });

  it("has what another seed does in its error, for each of the two", () => {
    const [model, baseline] = [answersOf([0, 0], [0, 0]), answersOf([0, 0], [0, 1])];
    const ofImages = pairedGainOf(model, baseline).standardError;
    expect(pairedGainOf(model, baseline, 0.03).standardError).toBeCloseTo(
      Math.sqrt(ofImages ** 2 + 2 * 0.0009),
      12,
    );
  });

  it("of a model over itself is none, without error", () => {
    const some = answersOf([0, 1, 2], [0, 2, 2]);
    expect(pairedGainOf(some, some)).toEqual({ difference: 0, standardError: 0, images: 3 });
  });

  it("has the standard error of the images' differences, and the sign turns with the models", () => {
    const predicted = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(predicted, (pairs) => {
        const labels = pairs.map(() => 0);
        const model = answersOf(
          labels,
          pairs.map(([right]) => (right ? 0 : 1)),
        );
        const other = answersOf(
          labels,
          pairs.map(([, right]) => (right ? 0 : 1)),
        );
        const differences = pairs.map(([a, b]) => Number(a) - Number(b));
        const mean = differences.reduce((sum, value) => sum + value, 0) / pairs.length;
        const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pairs.length;
        const gain = pairedGainOf(model, other);
        expect(gain.difference).toBeCloseTo(mean, 12);
        expect(gain.standardError).toBeCloseTo(Math.sqrt(variance / pairs.length), 12);
        expect(pairedGainOf(other, model).difference).toBeCloseTo(-mean, 12);
      }),
    );
  });

  it("refuses answers to other images", () => {
    expect(() => pairedGainOf(answersOf([0], [0]), answersOf([0, 1], [0, 1]))).toThrow("to 1 and to 2 images");
    expect(() => pairedGainOf(answersOf([0, 2], [0, 0]), answersOf([0, 1], [0, 1]))).toThrow("image 1 has two");
  });
});

describe("majority vote", () => {
  it("goes with most members, however sure the others are", () => {
    const labels = [0];
    const vote = majorityVote(
      [answersOf(labels, [1], [0.99]), answersOf(labels, [0], [0.2]), answersOf(labels, [0], [0.2])],
      3,
    );
    expect([...vote.predicted]).toEqual([0]);
  });

  it("decides between equals by how sure they are, then by the first class", () => {
    const tie = (a: number, b: number) =>
      [...majorityVote([answersOf([0], [2], [a]), answersOf([0], [1], [b])], 3).predicted][0];
    expect(tie(0.9, 0.8)).toBe(2);
    expect(tie(0.8, 0.9)).toBe(1);
    expect(tie(0.5, 0.5)).toBe(1);
  });
});

describe("worst mistakes", () => {
  it("are the most confident wrong answers, with their own images", () => {
    const given = answersOf([0, 1, 0, 1], [1, 1, 1, 0], [0.6, 0.99, 0.9, 0.7]);
    const images = Uint8Array.from([10, 11, 20, 21, 30, 31, 40, 41]);
    const split = { images, labels: given.labels };
    const mistakes = worstMistakes(given, split, ["cat", "dog"], 2);
    expect(mistakes.map(({ index }) => index)).toEqual([2, 3]);
    expect(mistakes[0]).toMatchObject({ label: "cat", answer: "dog", image: Uint8Array.of(30, 31) });
    expect(mistakes[0]?.answerProbability).toBeCloseTo(0.9, 6);
    images.fill(0);
    expect(mistakes[0]?.image).toEqual(Uint8Array.of(30, 31));
  });

  it("are those that sorting all of them gives, NaN last and the first of equals first", () => {
    const confidence = fc.oneof(
      fc.constantFrom(0.2, 0.5, Number.NaN),
      fc.float({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(confidence, { maxLength: 60 }), fc.nat(30), (values, count) => {
        const labels = values.map(() => 0);
        const given = answersOf(
          labels,
          values.map((_, i) => Number(i % 5 > 0)),
          values,
        );
        const split = { images: new Uint8Array(values.length), labels: given.labels };
        const wrong = [...values.keys()].filter((i) => i % 5 > 0);
        const sureAt = (i: number): number => given.predictedProbabilities[i] || 0;
        const sorted = wrong.toSorted((a, b) => sureAt(b) - sureAt(a) || a - b).slice(0, count);
        expect(worstMistakes(given, split, ["cat", "dog"], count).map(({ index }) => index)).toEqual(sorted);
      }),
    );
  });
});

describe("probability histogram", () => {
  it("puts 0 in the first bin and 1 in the last, right and wrong apart", () => {
    const given: Predictions = {
      ...answersOf([0, 0, 0, 0], [0, 1, 1, 0]),
      labelProbabilities: Float32Array.of(1, 0, 0.25, Number.NaN),
    };
    expect(probabilityHistogram("Softmax", given, 4)).toEqual({
      title: "Softmax",
      right: [0, 0, 0, 1],
      wrong: [1, 1, 0, 0],
    });
  });
});

it("the last answers are those of the last images", () => {
  const some = answersOf([0, 1, 2], [2, 1, 0], [0.1, 0.2, 0.3]);
  expect([...lastPredictions(some, 2).labels]).toEqual([1, 2]);
  expect([...lastPredictions(some, 2).predicted]).toEqual([1, 0]);
  expect(accuracyOf(lastPredictions(some, 2))).toBe(0.5);
  expect(accuracyOf(lastPredictions(some, 0))).toBeNull();
});

describe("an answer", () => {
  it("is the first of the largest among what is a number, and none where nothing is", () => {
    const value = fc.oneof(
      fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, 0, 0.5, 1),
      fc.double({ noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), fc.array(value), (row, before) => {
        const numbers = row.filter((each) => !Number.isNaN(each));
        const expected = numbers.length === 0 ? -1 : row.indexOf(Math.max(...numbers));
        expect(predictedClass(Float64Array.from([...before, ...row, 2]), before.length, row.length)).toBe(
          expected,
        );
      }),
    );
  });

  it("that nobody gives is no vote, no count and no mistake", () => {
    const silent = answersOf([0, 1], [-1, -1], [Number.NaN, Number.NaN]);
    expect([...majorityVote([silent, silent], 2).predicted]).toEqual([-1, -1]);
    expect(confusionMatrix(silent, 2)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const split = { images: new Uint8Array(2), labels: silent.labels };
    expect(worstMistakes(silent, split, ["cat", "dog"], 2)).toEqual([]);
    expect(accuracyOf(silent)).toBe(0);
  });
});
