import { describe, expect, it, vi } from "vitest";
import { componentStatistics } from "../data/standardise.ts";
import { LOSS_NAMES } from "../losses/names.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { yieldToEventLoop } from "../yield.ts";
import {
  checkGradient,
  checkGradients,
  type GradientCheckRow,
  gradientCheckCases,
  mergeGradientChecks,
} from "./gradient-check.ts";

const dataset = createTinyDataset();
const statistics = componentStatistics(dataset.train, 48);

describe("gradient check", () => {
  it("has a case for each number of inputs and images", () => {
    expect(gradientCheckCases(3072)).toEqual([
      { inputs: 20, images: 1 },
      { inputs: 20, images: 20 },
      { inputs: 3072, images: 1 },
      { inputs: 3072, images: 20 },
    ]);
    expect(gradientCheckCases(12)[0]?.inputs).toBe(12);
  });

  it.each(LOSS_NAMES)("%s: every entry agrees in every case, for every lambda", async (loss) => {
    for (const chosen of gradientCheckCases(48)) {
      const rows = await checkGradient({ dataset, statistics, loss, seed: 1 }, chosen);
      expect(rows.map(({ lambda }) => lambda)).toEqual([0, 0.1, 1]);
      for (const row of rows) {
        expect(row.maxAbsoluteDifference).toBeLessThan(1e-7);
        expect(row).toMatchObject({ ...chosen, passed: true, parameters: 3 * (chosen.inputs + 1) });
      }
    }
  });

  it("finds a fault of 1e-6, and of NaN", async () => {
    const chosen = { inputs: 48, images: 20 };
    for (const row of await checkGradient(
      { dataset, statistics, loss: "softmax", seed: 1, fault: 1e-6 },
      chosen,
    )) {
      expect(row.passed).toBe(false);
      expect(row.maxAbsoluteDifference).toBeCloseTo(1e-6, 8);
    }
    for (const row of await checkGradient(
      { dataset, statistics, loss: "softmax", seed: 1, fault: Number.NaN },
      chosen,
    )) {
      expect(row.passed).toBe(false);
    }
  });

  it("stops when its signal aborts", async () => {
    const options = { dataset, statistics, loss: "softmax", seed: 1, signal: AbortSignal.abort() } as const;
    await expect(checkGradient(options, { inputs: 48, images: 1 })).rejects.toThrow(/abort/i);
  });

  it("hands the thread back within a class, too, and stops there when its signal aborts", async () => {
    const abort = new AbortController();
    let milliseconds = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      milliseconds += 10;
      return milliseconds;
    });
    try {
      const options = { dataset, statistics, loss: "softmax", seed: 1, signal: abort.signal } as const;
      const checked = checkGradient(options, { inputs: 48, images: 1 }, { first: 0, end: 1 });
      yieldToEventLoop().then(() => abort.abort());
      await expect(checked).rejects.toThrow(/abort/i);
      // As often as entries were compared: not all 49.
      expect(clock.mock.calls.length).toBeLessThan(20);
    } finally {
      clock.mockRestore();
    }
  });

  it("in ranges of classes, merged in any order, it comes to the same", async () => {
    const options = { dataset, statistics, loss: "softmax", seed: 1 } as const;
    const chosen = { inputs: 48, images: 20 };
    const whole = await checkGradient(options, chosen);
    const [some, others] = [
      await checkGradient(options, chosen, { first: 0, end: 1 }),
      await checkGradient(options, chosen, { first: 1, end: 3 }),
    ];
    expect(some.map(({ parameters }) => parameters)).toEqual([49, 49, 49]);
    expect(mergeGradientChecks([some, others])).toEqual(whole);
    expect(mergeGradientChecks([others, some])).toEqual(whole);
  });

  it("merged, it passes only where every range does, and NaN is kept", () => {
    const row: GradientCheckRow = {
      inputs: 20,
      images: 1,
      lambda: 0,
      parameters: 21,
      maxAbsoluteDifference: 9e-8,
      maxRelativeError: 1e-6,
      passed: true,
    };
    const merged = (maxAbsoluteDifference: number, maxRelativeError: number): GradientCheckRow | undefined =>
      mergeGradientChecks([[row], [{ ...row, maxAbsoluteDifference, maxRelativeError }], [row]])[0];
    expect(merged(1e-9, 1e-3)).toEqual({ ...row, parameters: 63, maxRelativeError: 1e-3 });
    expect(merged(1e-7, 0)).toMatchObject({ maxAbsoluteDifference: 1e-7, passed: false });
    expect(merged(Number.NaN, Number.NaN)).toMatchObject({
      maxAbsoluteDifference: Number.NaN,
      maxRelativeError: Number.NaN,
      passed: false,
    });
  });

  it("one case after the other, it tells each case's rows and gives them all", async () => {
    const options = { dataset, statistics, loss: "softmax", seed: 1 } as const;
    const told: GradientCheckRow[] = [];
    const rows = await checkGradients(options, gradientCheckCases(48), (some) => told.push(...some));
    expect(rows).toHaveLength(12);
    expect(told).toEqual(rows);
    expect(rows.slice(3, 6)).toEqual(await checkGradient(options, { inputs: 20, images: 20 }));
  });
});
