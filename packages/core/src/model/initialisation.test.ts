import { describe, expect, it } from "vitest";
import { resolveSettings } from "../settings/settings.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { startEngine } from "../training/start-engine.ts";
import { describeInitialisation, type Initialisation, parseInitialisation } from "./initialisation.ts";
import { type ModelParameters, squaredNorm } from "./linear.ts";

describe("parseInitialisation", () => {
  it.each(["normal:0.05", "normal:0", "xavier"])("reads %s, and says it in the same words", (text) => {
    expect(describeInitialisation(parseInitialisation(text))).toBe(text);
  });

  it.each([
    "",
    "normal",
    "normal:",
    "normal:a",
    "normal:-1",
    "normal:1:2",
    "xavier:1",
    "he",
    "normal:Infinity",
  ])('refuses "%s"', (text) => {
    expect(() => parseInitialisation(text)).toThrow(/initialisation is/);
  });

  it("names the forms there are", () => {
    expect(() => parseInitialisation("glorot")).toThrow(
      'initialisation is "glorot"; expected one of normal:DEVIATION, xavier',
    );
  });
});

describe("a run's first parameters", () => {
  async function firstParameters(initialisation: Initialisation): Promise<ModelParameters> {
    let initial: ModelParameters | undefined;
    const stop = startEngine(
      (setup) => {
        initial = setup.initial;
        throw new Error("enough");
      },
      createTinyDataset({ classes: 60 }),
      resolveSettings({ initialisation, seed: 3 }),
    );
    await expect(stop).rejects.toThrow("enough");
    return initial ?? expect.fail();
  }

  it("xavier: variance 2 / (inputs + classes), to four standard errors", async () => {
    const { weights } = await firstParameters({ kind: "xavier" });
    const variance = squaredNorm(weights) / weights.length;
    const expected = 2 / (48 + 60);
    expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / weights.length));
  });

  it("the same draws in the same order, W before b, whatever the deviation", async () => {
    const small = await firstParameters({ kind: "normal", deviation: 0.01 });
    const large = await firstParameters({ kind: "normal", deviation: 0.04 });
    small.weights.forEach((weight, i) => {
      expect(large.weights[i]).toBeCloseTo(4 * weight, 12);
    });
    small.biases.forEach((bias, k) => {
      expect(large.biases[k]).toBeCloseTo(4 * bias, 12);
    });
  });

  it("a deviation of 0 starts from nothing", async () => {
    const { weights, biases } = await firstParameters({ kind: "normal", deviation: 0 });
    expect([...weights, ...biases].every((value) => Math.abs(value) === 0)).toBe(true);
  });
});
