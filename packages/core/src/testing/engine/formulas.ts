// An engine against the formulas written out, in float64: updates and evaluations under each loss.
import { describe, expect, it } from "vitest";
import { SPLITS } from "../../data/dataset.ts";
import { componentStatistics } from "../../data/standardise.ts";
import type { EngineFactory } from "../../engine/engine.ts";
import { LOSS_NAMES } from "../../losses/names.ts";
import { naiveLoss, naiveRows, naiveScores, naiveSoftmax, naiveStep } from "../naive.ts";
import { createTinyDataset } from "../tiny-dataset.ts";
import {
  asNaive,
  BATCH,
  BATCHES,
  dataset,
  inputs,
  LAMBDA,
  LEARNING_RATE,
  largestDifference,
  setupOf,
  sliceOf,
  withEngine,
} from "./contract-data.ts";

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

export function describeFormulas(createEngine: EngineFactory, tolerance: number): void {
  describe.each(LOSS_NAMES)("%s", (loss) => {
    it("an epoch of updates agrees with the formulas written out, a smaller last batch included", () =>
      withEngine(createEngine, loss, async (engine) => {
        let expected = asNaive({ parameters: setupOf(loss).initial });
        const rows = naiveRows(dataset, "train");
        const slice = sliceOf();
        const order = Array.from(slice.order);
        const losses: number[] = [];
        for (let start = 0; start < order.length; start += BATCH) {
          const chosen = order.slice(start, start + BATCH);
          const batch = chosen.map((index) => rows[index] ?? []);
          const labels = chosen.map((index) => dataset.train.labels[index] ?? 0);
          batch.forEach((row, i) => {
            losses.push(naiveLoss(loss, naiveScores(expected, row), labels[i] ?? 0));
          });
          expected = naiveStep(expected, batch, labels, {
            loss,
            learningRate: LEARNING_RATE,
            lambda: LAMBDA,
          });
        }
        const trained = await engine.trainBatches(slice);
        expect(largestDifference(asNaive(engine), expected)).toBeLessThan(tolerance);
        expect(trained.losses).toHaveLength(53);
        losses.forEach((value, place) => {
          expect(Math.abs((trained.losses[place] ?? Number.NaN) - value)).toBeLessThan(tolerance);
        });
        expect(Math.abs(trained.lossSum - sum(losses)) / 53).toBeLessThan(tolerance);
        expect(Math.abs(trained.lossSum - sum(trained.losses)) / 53).toBeLessThan(tolerance);
      }));

    it("the first loss that is no finite number is of the batch after the update that did it", () =>
      withEngine(createEngine, loss, async (engine) => {
        // The update takes 2 lambda eta of W away, which no number can hold.
        const learningRates = new Float64Array(BATCHES).fill(1e-12);
        learningRates[3] = 1e300;
        const { lossSum, losses } = await engine.trainBatches(
          sliceOf({ first: 1, learningRates, lambda: 1e10 }),
        );
        const place = losses.findIndex((value) => !Number.isFinite(value));
        expect(1 + Math.floor(place / BATCH)).toBe(4);
        expect(lossSum).not.toSatisfy(Number.isFinite);
      }));

    it("evaluates every row of a split, in pieces of any size, as the formulas say", () =>
      withEngine(createEngine, loss, async (engine) => {
        const model = asNaive(engine);
        for (const split of SPLITS) {
          const rows = naiveRows(dataset, split);
          for (let first = 0; first < rows.length; first += 9) {
            const end = Math.min(first + 9, rows.length);
            const { size, losses, probabilities, labels } = await engine.evaluate(split, first, end);
            expect([size, losses.length, probabilities.length]).toEqual([
              end - first,
              end - first,
              (end - first) * 7,
            ]);
            for (let row = 0; row < size; row++) {
              const scores = naiveScores(model, rows[first + row] ?? []);
              const label = dataset[split].labels[first + row] ?? 0;
              expect(labels[row]).toBe(label);
              expect(Math.abs((losses[row] ?? Number.NaN) - naiveLoss(loss, scores, label))).toBeLessThan(
                tolerance,
              );
              const expected =
                loss === "bce" ? scores.map((s) => 1 / (1 + Math.exp(-s))) : naiveSoftmax(scores);
              expected.forEach((probability, k) => {
                const actual = probabilities[row * 7 + k] ?? Number.NaN;
                expect(Math.abs(actual - probability)).toBeLessThan(tolerance);
              });
            }
          }
        }
      }));
  });

  it("a batch larger than what is read at once trains like the formulas say", async () => {
    const large = createTinyDataset({ classes: 7, train: 350 });
    const rows = naiveRows(large, "train");
    const setup = setupOf("softmax");
    const engine = await createEngine({
      ...setup,
      splits: { train: large.train, validation: large.validation, test: large.test },
      statistics: componentStatistics(large.train, inputs),
    });
    const initial = asNaive({ parameters: setup.initial });
    const expected = naiveStep(initial, rows, Array.from(large.train.labels), {
      loss: "softmax",
      learningRate: LEARNING_RATE,
      lambda: LAMBDA,
    });
    const { losses } = await engine.trainBatches(
      sliceOf({ order: Uint32Array.from({ length: 350 }, (_, i) => i), batchSize: 350, end: 1 }),
    );
    rows.forEach((row, i) => {
      const loss = naiveLoss("softmax", naiveScores(initial, row), large.train.labels[i] ?? 0);
      expect(Math.abs((losses[i] ?? Number.NaN) - loss)).toBeLessThan(tolerance);
    });
    expect(largestDifference(asNaive(engine), expected)).toBeLessThan(tolerance);
    await engine.close();
  });
}
