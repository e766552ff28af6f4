import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Axis, MetricValues } from "../events.ts";
import { createCurveAdviser } from "./curve-adviser.ts";

type Told = readonly [x: number, values: MetricValues];

function said(axis: Axis, points: readonly Told[]): string[] {
  const adviser = createCurveAdviser(axis);
  return points.flatMap(([x, values]) =>
    adviser.add(x, values).map(({ code, message }) => `${code}: ${message}`),
  );
}

const falling = (index: number): number => 2 * 0.95 ** index;
const epochs = (count: number, of: (index: number) => MetricValues): Told[] =>
  Array.from({ length: count }, (_, index) => [index, of(index)]);

describe("advice on another program's curves", () => {
  it("says nothing of a loss that falls on both splits, to epochs or steps", () => {
    const both = (index: number) => ({ "train/loss": falling(index), "validation/loss": falling(index) + 0.1 });
    expect(said("epoch", epochs(60, both))).toEqual([]);
    expect(
      said(
        "step",
        epochs(60, both).map(([x, values]) => [250 * x, values]),
      ),
    ).toEqual([]);
  });

  it("says once that what is held out gets worse while training goes on, and since when", () => {
    const bowl = (index: number): number => 1 + (index - 10) ** 2 / 100;
    const over = epochs(40, (index) => ({ "train/loss": falling(index), "validation/loss": bowl(index) }));
    const [first, ...more] = said("epoch", over);
    expect(first).toMatch(
      /^overfitting: the training loss still falls, but the validation loss has risen since epoch 10 \(1\.000, now 1\.\d+\)$/,
    );
    expect(more).toEqual([]);
    const steps = over.map(
      ([x, values]): Told => [
        500 * x,
        { "train/loss": values["train/loss"] ?? null, "test/loss": values["validation/loss"] ?? null },
      ],
    );
    expect(said("step", steps)[0]).toMatch(/the test loss has risen since step 5000 /);
  });

  it("says that a loss jumps, of the means of batches, and not of the batches themselves", () => {
    const jumps = [2, 1, 2.5, 1.2, 2.8, 1.1];
    expect(
      said(
        "epoch",
        jumps.map((loss, index) => [index + 1, { "train/loss": loss }]),
      ),
    ).toEqual([
      "learning-rate-high: the training loss jumps from epoch to epoch (2.00, 1.00, 2.50): the learning rate may be too high",
    ]);
    const batches = epochs(600, (index) => ({
      "train/loss": falling(index / 20) * (index % 2 === 0 ? 0.5 : 1.5),
    }));
    expect(
      said(
        "epoch",
        batches.map(([x, values]) => [x / 20, values]),
      ),
    ).toEqual([]);
    expect(said("step", batches)).toEqual([]);
    const few = jumps.flatMap((loss, index): Told[] => [
      [100 * index + 50, { "train/loss": loss }],
      [100 * index + 99, { "validation/loss": 1 }],
    ]);
    expect(said("step", few)).toEqual([]);
  });

  it("says that a loss stands still since the beginning, and not of one that has come to rest", () => {
    const still = epochs(20, (index) => ({ "train/loss": 2.31 + 0.001 * (index % 2) }));
    expect(said("epoch", still)).toEqual([
      "not-learning: up to epoch 8 the training loss has hardly moved (2.310, now 2.310)",
    ]);
    expect(
      said(
        "epoch",
        epochs(60, (index) => ({ "train/loss": 0.1 + 0.5 ** index })),
      ),
    ).toEqual([]);
  });

  it("says the same whatever the losses are scaled by, and nothing of what is below 0 or no number", () => {
    const curve = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(curve, fc.constantFrom(0.25, 2, 1024), (losses, scale) => {
        const codes = (factor: number) =>
          said(
            "epoch",
            epochs(losses.length, (index) => ({ "train/loss": factor * (losses[index] ?? 0) })),
          ).map((text) => text.split(":")[0]);
        expect(codes(scale)).toEqual(codes(1));
        expect(codes(-1)).toEqual([]);
        expect(codes(Number.NaN)).toEqual([]);
      }),
      { seed: 1 },
    );
  });
});
