// However an epoch is sliced, and whatever is evaluated between, the bits are the same.
import { expect, it } from "vitest";
import type { EngineFactory } from "../../engine/engine.ts";
import { BATCHES, noiseOf, setupOf, sliceOf } from "./contract-data.ts";

export function describeSlices(createEngine: EngineFactory): void {
  it("what is evaluated stays as it is while the next rows are", async () => {
    const engine = await createEngine(setupOf("softmax"));
    const first = await engine.evaluate("train", 0, 9);
    const copy = {
      probabilities: [...first.probabilities],
      losses: [...first.losses],
      labels: [...first.labels],
    };
    const second = await engine.evaluate("train", 9, 20);
    expect([...first.probabilities]).toEqual(copy.probabilities);
    expect([...first.losses]).toEqual(copy.losses);
    expect([...first.labels]).toEqual(copy.labels);
    expect([...second.probabilities.subarray(0, 7)]).not.toEqual(copy.probabilities.slice(0, 7));
    await engine.close();
  });

  it("a slice without a batch changes nothing", async () => {
    const engine = await createEngine(setupOf("softmax"));
    const before = engine.parameters.weights.slice();
    const { lossSum, losses } = await engine.trainBatches(sliceOf({ first: 1, end: 1 }));
    expect([lossSum, losses.length]).toEqual([0, 0]);
    expect(engine.parameters.weights).toEqual(before);
    await engine.close();
  });

  it("an epoch in slices gives the bits of an epoch in one", async () => {
    const whole = await createEngine(setupOf("softmax"));
    const sliced = await createEngine(setupOf("softmax"));
    const { losses } = await whole.trainBatches(sliceOf());
    const slicedLosses: number[] = [];
    for (const [first, end] of [
      [0, 1],
      [1, 4],
      [4, BATCHES],
    ] as const) {
      slicedLosses.push(...(await sliced.trainBatches(sliceOf({ first, end }))).losses);
      await sliced.evaluate("validation", 0, 5);
    }
    expect(slicedLosses).toEqual([...losses]);
    expect(sliced.parameters.weights).toEqual(whole.parameters.weights);
    expect(sliced.parameters.biases).toEqual(whole.parameters.biases);
    await whole.close();
    await sliced.close();
  });

  it("an epoch with noise and mirroring in slices gives the bits of an epoch in one", async () => {
    const slice = { flips: Uint8Array.from({ length: 53 }, (_, place) => place % 2), noise: noiseOf(30) };
    const whole = await createEngine(setupOf("softmax"));
    const sliced = await createEngine(setupOf("softmax"));
    await whole.trainBatches(sliceOf(slice));
    for (const [first, end] of [
      [0, 3],
      [3, BATCHES],
    ] as const) {
      await sliced.trainBatches(sliceOf({ ...slice, first, end }));
    }
    expect(sliced.parameters.weights).toEqual(whole.parameters.weights);
    await whole.close();
    await sliced.close();
  });
}
