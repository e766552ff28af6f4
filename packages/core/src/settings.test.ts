import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, resolveSettings, type TrainSettings } from "./settings.ts";

describe("resolveSettings", () => {
  it("fills in what is left out", () => {
    expect(resolveSettings({ lambda: 1 })).toEqual({ ...DEFAULT_SETTINGS, lambda: 1 });
  });

  it.each([
    [{ epochs: 0 }, "epochs is 0; expected a whole number of at least 1"],
    [{ epochs: 1.5 }, "epochs is 1.5"],
    [{ batchSize: -3 }, "batchSize is -3"],
    [{ learningRate: 0 }, "learningRate is 0; expected a number above 0"],
    [{ learningRate: Number.NaN }, "learningRate is NaN"],
    [{ lambda: -1 }, "lambda is -1; expected a number of at least 0"],
    [{ flip: 1.1 }, "flip is 1.1; expected a probability from 0 to 1"],
    [{ seed: 2 ** 60 }, "seed is"],
    [{ loss: "mse" as "svm" }, "loss is mse; expected one of softmax, bce, svm"],
    [{ schedule: { kind: "step", every: 0, factor: 1 } }, "EVERY of the step schedule is 0"],
    [{ eta: 1 } as Partial<TrainSettings>, 'unknown setting "eta"'],
  ] satisfies [Partial<TrainSettings>, string][])("refuses %j by name", (settings, message) => {
    expect(() => resolveSettings(settings)).toThrow(message);
  });
});
