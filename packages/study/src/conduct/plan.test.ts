import { resolveSettings } from "@trainscope/core/settings";
import { describe, expect, it } from "vitest";
import { bestPoint } from "./optional-results.ts";
import { coarsePlaces, FINE_PLACES, finePlaces, searchTrial, settingTrials } from "./plan.ts";
import type { SearchPoint } from "./results.ts";
import { frameEpochs, templateFrame } from "./template-frames.ts";
import { plannedVariants } from "./variants.ts";

const length = { epochs: 40, coarseEpochs: 6, fineEpochs: 12 };

describe("the plan", () => {
  it("has the assignment's four settings, for each seed", () => {
    const trials = settingTrials([3, 4], length);
    expect(trials.slice(0, 4).map(({ settings }) => [settings.lambda, settings.learningRate])).toEqual([
      [0, 0.1],
      [0, 0.001],
      [0.1, 0.001],
      [1, 0.001],
    ]);
    expect(trials.map(({ settings }) => settings.seed)).toEqual([3, 3, 3, 3, 4, 4, 4, 4]);
    expect(trials.every(({ settings }) => settings.epochs === 40 && settings.batchSize === 100)).toBe(true);
  });

  it("gives every trial a name of its own, fit for a file, and settings that hold", () => {
    const baseline = resolveSettings({ lambda: 0.1, learningRate: 0.001 });
    const variants = plannedVariants(baseline, true);
    const places = [...coarsePlaces(), ...finePlaces({ lambda: 0.01, learningRate: 0.003, batchSize: 50 })];
    const ids = [
      ...variants.map(({ id }) => id),
      ...places.map(
        (place, i) =>
          searchTrial(place, { pass: i < 32 ? "coarse" : "fine", epochs: 1, data: "large", seed: 0 }).id,
      ),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9.-]+$/);
    for (const { settings } of variants) expect(resolveSettings(settings)).toEqual(settings);
    expect(places).toHaveLength(32 + FINE_PLACES);
  });

  it("has variants that differ from the baseline", () => {
    const [baseline, ...variants] = plannedVariants(resolveSettings({ epochs: 2 }), true);
    for (const { settings, data } of variants) {
      expect([settings, data]).not.toEqual([baseline?.settings, baseline?.data]);
    }
  });
});

describe("the search's choice", () => {
  const point = (validationLoss: number | null, validationAccuracy: number | null): SearchPoint => ({
    pass: "fine",
    lambda: 0.1,
    learningRate: 0.01,
    batchSize: 50,
    epochs: 1,
    validationAccuracy,
    validationLoss,
  });

  it("is the least loss, whatever the accuracy, and never a point that diverged", () => {
    expect(bestPoint([point(null, null), point(1.8, 0.41), point(1.7, 0.4)]).validationLoss).toBe(1.7);
  });

  it("fails clearly where all diverged", () => {
    expect(() => bestPoint([point(null, null)])).toThrow("every point of the search diverged");
  });
});

describe("template frames", () => {
  it("are of the first and the last epoch and evenly between", () => {
    expect(frameEpochs(3, 20)).toEqual([1, 2, 3]);
    expect(frameEpochs(1, 20)).toEqual([1]);
    const many = frameEpochs(1000, 20);
    expect([many.length, many[0], many.at(-1), new Set(many).size]).toEqual([20, 1, 1000, 20]);
  });

  it("scale each template from its least to its greatest weight, and are grey where there is none", () => {
    const weights = Float32Array.of(-1, 0, 1, 5, 5, 5, 0, Number.NaN, 1);
    const { templates } = templateFrame(2, { classes: 3, inputs: 3, weights, biases: new Float32Array(3) });
    expect([...templates]).toEqual([0, 128, 255, 128, 128, 128, 0, 128, 255]);
  });
});
