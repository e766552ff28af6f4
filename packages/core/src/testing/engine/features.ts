// Of engines that take features: rows of numbers in the place of images.
import { describe, expect, it } from "vitest";
import { type LabelledImages, SPLITS } from "../../data/dataset.ts";
import type { EngineFactory } from "../../engine/engine.ts";
import { asNaive, largestDifference, setupOf, sliceOf } from "./contract-data.ts";

/** Numbers that no byte holds, and that become the same as the bytes when they are standardised. */
const OFFSET = -1e3;
const UNIT = 0.37;

export function describeFeatures(createEngine: EngineFactory, tolerance: number): void {
  describe.each([Float32Array, Float64Array])("features as %o", (Numbers) => {
    it("train and are evaluated as bytes are that are as many deviations from their mean", async () => {
      const setup = setupOf("softmax");
      const asFeatures = ({ images, labels }: LabelledImages) => ({
        images: new Numbers(Array.from(images, (byte) => OFFSET + UNIT * byte)),
        labels,
      });
      const { train, validation, test } = setup.splits;
      const { means, deviations } = setup.statistics;
      const engine = await createEngine({
        ...setup,
        splits: { train: asFeatures(train), validation: asFeatures(validation), test: asFeatures(test) },
        statistics: {
          means: means.map((mean) => OFFSET + UNIT * mean),
          deviations: deviations.map((deviation) => UNIT * deviation),
        },
      });
      const expected = await createEngine(setup);
      const close = Math.max(tolerance, Numbers === Float32Array ? 1e-4 : 0);
      for (const trained of [engine, expected]) await trained.trainBatches(sliceOf());
      expect(largestDifference(asNaive(engine), asNaive(expected))).toBeLessThan(close);
      for (const split of SPLITS) {
        const wanted = (await expected.evaluate(split, 0, 12)).losses;
        const { losses } = await engine.evaluate(split, 0, 12);
        losses.forEach((loss, row) => {
          expect(Math.abs(loss - (wanted[row] ?? Number.NaN))).toBeLessThan(close);
        });
      }
      await engine.close();
      await expected.close();
    });
  });
}
