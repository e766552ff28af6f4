import { describe, expect, it } from "vitest";
import { componentStatistics } from "./data/standardise.ts";
import { checkGradient, gradientCheckCases } from "./gradient-check.ts";
import { LOSS_NAMES } from "./losses/names.ts";
import { createTinyDataset } from "./testing/tiny-dataset.ts";

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
});
