import { createParameters, createReferenceEngine } from "@trainscope/core";
import type { Predictions } from "@trainscope/core/analysis";
import { confusionMatrix, probabilityHistogram, worstMistakes } from "@trainscope/core/analysis";
import type { Evaluation } from "@trainscope/core/engine";
import { createTinyDataset } from "@trainscope/core/testing";
import { collectEvaluationDetails, type EvaluationDetails } from "@trainscope/core/training";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPredictor } from "./predictor.ts";

interface Row {
  readonly label: number;
  readonly probabilities: readonly number[];
}

const CLASSES = 4;
// Few values, so that many are equal.
const probability = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 0.05, 0.25, 0.5, 1),
);
const rowsOf = (value: fc.Arbitrary<number>): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.record({
      label: fc.nat(CLASSES - 1),
      probabilities: fc.array(value, { minLength: CLASSES, maxLength: CLASSES }),
    }),
    { maxLength: 90 },
  );

function evaluationOf(rows: readonly Row[]): Evaluation {
  return {
    size: rows.length,
    probabilities: Float32Array.from(rows.flatMap(({ probabilities }) => probabilities)),
    losses: new Float32Array(rows.length),
    labels: Uint8Array.from(rows, ({ label }) => label),
  };
}

/** Row by row in pieces, in arrays that are used again. */
function predict(rows: readonly Row[], piece: number): EvaluationDetails {
  const pass = collectEvaluationDetails(CLASSES);
  const probabilities = new Float32Array(piece * CLASSES);
  for (let first = 0; first < rows.length; first += piece) {
    const evaluation = evaluationOf(rows.slice(first, first + piece));
    probabilities.set(evaluation.probabilities);
    const used = probabilities.subarray(0, evaluation.probabilities.length);
    pass.update({ ...evaluation, probabilities: used }, first);
  }
  return pass.result();
}

/** What a study makes of the same images. */
async function studied(rows: readonly Row[]): Promise<Predictions> {
  const images = { images: new Uint8Array(rows.length), labels: evaluationOf(rows).labels };
  const dataset = {
    ...createTinyDataset({ classes: CLASSES }),
    shape: { width: 1, height: 1, channels: 1 },
    train: { images: new Uint8Array(1), labels: new Uint8Array(1) },
    validation: images,
  };
  const predictor = await createPredictor(dataset, "softmax", async (setup) => ({
    ...(await createReferenceEngine(setup)),
    evaluationRows: 7,
    evaluate: async (_split, first, end) => evaluationOf(rows.slice(first, end)),
  }));
  return await predictor.predict(createParameters(CLASSES, 1), "validation");
}

describe("an examination", () => {
  it("counts what a study counts, even where probabilities are no numbers", () =>
    fc.assert(
      fc.asyncProperty(
        rowsOf(fc.oneof({ weight: 9, arbitrary: probability }, fc.constant(Number.NaN))),
        fc.integer({ min: 1, max: 40 }),
        async (rows, piece) => {
          const { confusion, trueClass } = predict(rows, piece);
          const given = await studied(rows);
          expect(confusion).toEqual(confusionMatrix(given, CLASSES));
          const { right, wrong } = probabilityHistogram("", given, 20);
          expect(trueClass).toEqual({ right, wrong });
        },
      ),
    ));

  it("has the 24 most confident mistakes of a study, the first of equals first, and all their probabilities", () =>
    fc.assert(
      fc.asyncProperty(rowsOf(probability), fc.integer({ min: 1, max: 40 }), async (rows, piece) => {
        const { mistakes } = predict(rows, piece);
        const given = await studied(rows);
        const split = { images: new Uint8Array(rows.length), labels: given.labels };
        const expected = worstMistakes(given, split, ["a", "b", "c", "d"], 24).map(({ index }) => index);
        expect(mistakes.map(({ index }) => index)).toEqual(expected);
        for (const { index, label, probabilities } of mistakes) {
          expect(label).toBe(rows[index]?.label);
          expect(probabilities).toEqual(rows[index]?.probabilities.map(Math.fround));
        }
      }),
    ));

  it("calls no answer of a diverged model a sure mistake, so that an event of it survives JSON", () => {
    const broken = { label: 1, probabilities: [Number.NaN, 0.5, 0.5, 0.5] };
    const halfBroken = { label: 1, probabilities: [0.9, 0.5, Number.NaN, 0.5] };
    const sound = { label: 1, probabilities: [0.25, 0.25, 0.5, 0] };
    const result = predict([broken, halfBroken, sound], 2);
    expect(result.mistakes).toEqual([{ index: 2, ...sound }]);
    expect(result.confusion[1]).toEqual([1, 1, 1, 0]);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("counts no answer where no probability is a number", () => {
    const silent = { label: 0, probabilities: [Number.NaN, Number.NaN, Number.NaN, Number.NaN] };
    const { confusion, mistakes } = predict([silent, silent], 2);
    expect(confusion.flat().every((count) => count === 0)).toBe(true);
    expect(mistakes).toEqual([]);
  });

  it("of nothing is empty", () => {
    const { confusion, trueClass, mistakes } = collectEvaluationDetails(2).result();
    expect(confusion).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(trueClass).toEqual({ right: new Array(20).fill(0), wrong: new Array(20).fill(0) });
    expect(mistakes).toEqual([]);
  });
});
