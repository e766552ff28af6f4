import { describe, expect, it } from "vitest";
import { divideIntoBatches } from "../data/batching.ts";
import { resolveSettings } from "../settings/settings.ts";
import { learningRatesOf, planEpoch, restOf } from "./epoch-plan.ts";

describe("planEpoch", () => {
  const settings = resolveSettings({ flip: 0.5 });

  it("orders every image once, another way each epoch, the same way each time it is asked", () => {
    const [first, second] = [planEpoch(settings, 100, 1), planEpoch(settings, 100, 2)];
    expect([...first.order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(second.order).not.toEqual(first.order);
    expect(planEpoch(settings, 100, 2)).toEqual(second);
  });

  it("mirrors about the asked-for share, and leaves flips out where none is asked for", () => {
    const flips = [...(planEpoch(settings, 10_000, 1).flips ?? [])];
    const share = flips.reduce((sum, flip) => sum + flip, 0) / 10_000;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.02);
    expect(planEpoch({ ...settings, flip: 0 }, 100, 1).flips).toBeUndefined();
  });

  it("gives each image another key of noise, others each epoch and seed, and changes nothing else", () => {
    const noisy = { ...settings, noise: 8 };
    const { noise, ...rest } = planEpoch(noisy, 1000, 1);
    expect(rest).toEqual(planEpoch(settings, 1000, 1));
    expect(noise?.amount).toBe(8);
    const plans = [
      planEpoch(noisy, 1000, 1),
      planEpoch(noisy, 1000, 2),
      planEpoch({ ...noisy, seed: 1 }, 1000, 1),
    ];
    const keys = plans.flatMap(({ noise: { keys } = { keys: new Uint32Array(0) } }) =>
      Array.from({ length: keys.length / 2 }, (_, place) => `${keys[2 * place]} ${keys[2 * place + 1]}`),
    );
    expect(new Set(keys).size).toBe(3000);
    expect(planEpoch(noisy, 1000, 1).noise).toEqual(noise);
  });
});

describe("learningRatesOf", () => {
  it("gives each batch of an epoch its rate", () => {
    const settings = resolveSettings({ schedule: { kind: "exponential", factor: 0.5 } });
    expect([...learningRatesOf(settings, divideIntoBatches(90, 30), 90, 3)]).toEqual([
      0.00025, 0.00025, 0.00025,
    ]);
  });

  it("gives the rest of an epoch the rates of the share that is done", () => {
    const settings = resolveSettings({ learningRate: 1, epochs: 2, schedule: { kind: "cosine" } });
    // 60 of 100 images are done, and the other 40 come in four batches, in the second of two epochs.
    const expected = [1.6, 1.7, 1.8, 1.9].map((time) => (1 + Math.cos((Math.PI * time) / 2)) / 2);
    const rates = [...learningRatesOf(settings, divideIntoBatches(100, 10, 60, 2), 100, 2)];
    expect(rates).toHaveLength(4);
    for (const [i, rate] of expected.entries()) expect(rates[i]).toBeCloseTo(rate, 14);
  });
});

describe("restOf", () => {
  it("keeps the order, the flips and the noise of the images still to come", () => {
    const plan = planEpoch(resolveSettings({ flip: 0.5, noise: 4 }), 10, 1);
    expect(restOf(plan, 0)).toEqual(plan);
    expect(restOf(plan, 7)).toEqual({
      order: plan.order.slice(7),
      flips: plan.flips?.slice(7),
      noise: { amount: 4, keys: plan.noise?.keys.slice(14) },
    });
  });
});
