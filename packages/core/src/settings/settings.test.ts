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
    [{ loss: "mse" as "svm" }, 'loss is "mse"; expected one of softmax, bce, svm'],
    [{ schedule: { kind: "step", every: 0, factor: 1 } }, "EVERY of the step schedule is 0"],
    [{ initialisation: { kind: "normal", deviation: -1 } }, "DEVIATION of the normal initialisation is -1"],
    [{ initialisation: { kind: "he" } as unknown as { kind: "xavier" } }, 'initialisation is {"kind":"he"}'],
    [{ noise: 128 }, "noise is 128; expected a whole number from 0 to 127"],
    [{ noise: 0.5 }, "noise is 0.5"],
    [{ patience: -1 }, "patience is -1; expected a whole number of at least 0"],
    [{ keep: "first" as "last" }, 'keep is "first"; expected one of last, best'],
    [{ monitor: 3 as unknown as string }, "monitor is 3; expected a tag such as validation/loss"],
    [{ eta: 1 } as Partial<TrainSettings>, 'unknown setting "eta"'],
    [{ toString: 1 } as Partial<TrainSettings>, 'unknown setting "toString"'],
    [{ seed: { toString: 1 } as unknown as number }, "seed is an object; expected a whole number"],
    [
      { schedule: { kind: "step", every: { toString: 1 } as unknown as number, factor: 1 } },
      "EVERY of the step schedule is an object",
    ],
  ] satisfies [Partial<TrainSettings>, string][])("refuses %j by name", (settings, message) => {
    expect(() => resolveSettings(settings)).toThrow(message);
  });
});
