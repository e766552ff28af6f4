// Mirrored images and noise: as if the images had been stored so.
import { expect, it } from "vitest";
import { mirrorOrder } from "../../data/mirror.ts";
import type { Engine, EngineFactory, TrainingSlice } from "../../engine/engine.ts";
import { createParameters } from "../../model/linear.ts";
import { drawNoise } from "../../random/noise.ts";
import { dataset, inputs, noiseOf, setupOf, sliceOf } from "./contract-data.ts";

/**
 * By how much each component of the image at each place of the order was moved, worked out from what the engine
 * learns: from W = 0 and b = 0 each class has the probability 1/7, so one step of 1 on one image leaves 6/7 x in the
 * row of its label.
 */
async function observeMoves(engine: Engine, slice: TrainingSlice): Promise<number[][]> {
  const { means, deviations } = setupOf("softmax").statistics;
  const moves: number[][] = [];
  for (const [place, image] of slice.order.entries()) {
    await engine.load(createParameters(7, inputs));
    const learningRates = new Float64Array(53).fill(1);
    const one = { batchSize: 1, first: place, end: place + 1, learningRates, lambda: 0 };
    await engine.trainBatches({ ...slice, ...one });
    const label = dataset.train.labels[image] ?? 0;
    const row = Array.from(engine.parameters.weights.subarray(label * inputs, (label + 1) * inputs));
    moves.push(
      row.map((weight, j) => {
        const byte = (7 / 6) * weight * (deviations[j] ?? 0) + (means[j] ?? 0);
        return byte - (dataset.train.images[image * inputs + j] ?? 0);
      }),
    );
  }
  return moves;
}

export function describeAugmentation(createEngine: EngineFactory): void {
  it("a mirrored image trains like that image stored mirrored, standardised by the same figures", async () => {
    const mirror = mirrorOrder(dataset.shape);
    const flips = Uint8Array.from({ length: 53 }, (_, place) => place % 2);
    const slice = sliceOf();
    const images = dataset.train.images.slice();
    slice.order.forEach((image, place) => {
      if (flips[place] === 0) return;
      for (let j = 0; j < inputs; j++) {
        images[image * inputs + j] = dataset.train.images[image * inputs + (mirror[j] ?? 0)] ?? 0;
      }
    });
    const setup = setupOf("softmax");
    const stored = await createEngine({
      ...setup,
      splits: { ...setup.splits, train: { images, labels: dataset.train.labels } },
    });
    const flipped = await createEngine(setup);
    await stored.trainBatches(slice);
    await flipped.trainBatches({ ...slice, flips });
    expect(flipped.parameters.weights).toEqual(stored.parameters.weights);
    await stored.close();
    await flipped.close();
  });

  it("noise moves bytes by whole numbers in range, each equally often, another way at each place", async () => {
    const amount = 9;
    const engine = await createEngine(setupOf("softmax"));
    const moves = (await observeMoves(engine, sliceOf({ noise: noiseOf(amount) }))).flat();
    const whole = moves.map(Math.round);
    expect(Math.max(...moves.map((move, i) => Math.abs(move - (whole[i] ?? Number.NaN))))).toBeLessThan(0.01);
    expect(new Set(whole).size).toBe(2 * amount + 1);
    expect([Math.min(...whole), Math.max(...whole)]).toEqual([-amount, amount]);
    const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    const variance = moves.reduce((sum, move) => sum + move ** 2, 0) / moves.length;
    // Of 2a + 1 equally likely whole numbers: a (a + 1) / 3, and a fourth moment of (3a^2 + 3a - 1) / 5 times that.
    const expected = (amount * (amount + 1)) / 3;
    const fourth = (expected * (3 * amount ** 2 + 3 * amount - 1)) / 5;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(expected / moves.length));
    expect(Math.abs(variance - expected)).toBeLessThan(4 * Math.sqrt((fourth - expected ** 2) / moves.length));
    await engine.close();
  });

  it("noise is the whole numbers that drawNoise gives, and none where there is none", async () => {
    const engine = await createEngine(setupOf("softmax"));
    for (const noise of [noiseOf(1), noiseOf(127), undefined]) {
      const observed = await observeMoves(engine, sliceOf(noise && { noise }));
      const drawn = observed.map((_, place) => {
        const out = new Int8Array(inputs);
        if (noise !== undefined) drawNoise(out, noise, place);
        return [...out];
      });
      // Adding 0 makes 0 of -0.
      expect(observed.map((moves) => moves.map((move) => Math.round(move) + 0))).toEqual(drawn);
    }
    await engine.close();
  });

  it("a mirrored image with noise is mirrored first", async () => {
    const mirror = mirrorOrder(dataset.shape);
    const noise = noiseOf(20);
    const engine = await createEngine(setupOf("softmax"));
    const plain = await observeMoves(engine, sliceOf({ noise }));
    const both = await observeMoves(engine, sliceOf({ noise, flips: new Uint8Array(53).fill(1) }));
    const slice = sliceOf();
    both.forEach((moves, place) => {
      const start = (slice.order[place] ?? 0) * inputs;
      moves.forEach((move, j) => {
        const { images } = dataset.train;
        const mirrored = (images[start + (mirror[j] ?? 0)] ?? 0) - (images[start + j] ?? 0);
        expect(Math.abs(move - mirrored - (plain[place]?.[j] ?? Number.NaN))).toBeLessThan(0.02);
      });
    });
    await engine.close();
  });
}
