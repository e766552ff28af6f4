import { describe, expect, it } from "vitest";
import { resolveSettings } from "../settings.ts";
import { planEpoch } from "./epoch-plan.ts";

describe("planEpoch", () => {
  const settings = resolveSettings({
    batchSize: 30,
    flip: 0.5,
    schedule: { kind: "exponential", factor: 0.5 },
  });

  it("orders every image once, another way each epoch, the same way each time it is asked", () => {
    const [first, second] = [planEpoch(settings, 100, 1), planEpoch(settings, 100, 2)];
    expect([...first.order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(second.order).not.toEqual(first.order);
    expect(planEpoch(settings, 100, 2)).toEqual(second);
  });

  it("has a last, smaller batch where the images do not divide evenly", () => {
    expect(planEpoch(settings, 100, 1).batches).toBe(4);
    expect(planEpoch(settings, 90, 1).batches).toBe(3);
    expect(planEpoch(settings, 7, 1).batches).toBe(1);
  });

  it("gives each batch its learning rate", () => {
    expect([...planEpoch(settings, 90, 3).learningRates]).toEqual([0.00025, 0.00025, 0.00025]);
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
