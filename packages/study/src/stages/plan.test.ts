import { resolveSettings } from "@trainscope/core/settings";
import { gridPoints } from "@trainscope/sweep";
import { describe, expect, it } from "vitest";
import { COARSE_SPACE, FINE_POINTS, fineSpace, searchTrial, settingTrials } from "./plan.ts";
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
    const best = { lambda: 0.01, learningRate: 0.003, batchSize: 50 };
    const points = [COARSE_SPACE, fineSpace(best)].flatMap(gridPoints);
    const ids = [
      ...variants.map(({ id }) => id),
      ...points.map(
        (point, i) =>
          searchTrial({ point, epochs: 1 }, { pass: i < 32 ? "coarse" : "fine", data: "large", seed: 0 }).id,
      ),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9.-]+$/);
    for (const { settings } of variants) expect(resolveSettings(settings)).toEqual(settings);
    expect(points).toHaveLength(32 + FINE_POINTS);
  });

  it("has variants that differ from the baseline", () => {
    const [baseline, ...variants] = plannedVariants(resolveSettings({ epochs: 2 }), true);
    for (const { settings, data } of variants) {
      expect([settings, data]).not.toEqual([baseline?.settings, baseline?.data]);
    }
  });
});
