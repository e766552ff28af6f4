import { describe, expect, it } from "vitest";
import { checkGradient, gradientCheckCases } from "./gradient-check.ts";
import { LOSS_NAMES } from "./losses/names.ts";
import { createTinyDataset } from "./testing/tiny-dataset.ts";

const dataset = createTinyDataset();

describe("gradient check", () => {
  it("has a case for each number of inputs, images and lambda", () => {
    expect(gradientCheckCases(3072)).toHaveLength(12);
    expect(gradientCheckCases(3072).at(-1)).toEqual({ inputs: 3072, images: 20, lambda: 1 });
    expect(gradientCheckCases(12)[0]?.inputs).toBe(12);
  });

  it.each(LOSS_NAMES)("%s: every entry agrees in every case", async (loss) => {
    for (const chosen of gradientCheckCases(48)) {
      const row = await checkGradient({ dataset, loss, seed: 1 }, chosen);
      expect(row.maxAbsoluteDifference).toBeLessThan(1e-7);
      expect(row).toMatchObject({ ...chosen, passed: true, parameters: 3 * (chosen.inputs + 1) });
    }
  });

  it("finds a fault of 1e-6, and of NaN", async () => {
    const chosen = { inputs: 48, images: 20, lambda: 0.1 };
    const row = await checkGradient({ dataset, loss: "softmax", seed: 1, fault: 1e-6 }, chosen);
    expect(row.passed).toBe(false);
    expect(row.maxAbsoluteDifference).toBeCloseTo(1e-6, 8);
    const broken = await checkGradient({ dataset, loss: "softmax", seed: 1, fault: Number.NaN }, chosen);
    expect(broken.passed).toBe(false);
  });
});
