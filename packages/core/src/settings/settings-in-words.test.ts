import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { changedSettings } from "./settings-in-words.ts";

describe("changedSettings", () => {
  it("says nothing of what is as it is by default, or isn't known", () => {
    expect(changedSettings(DEFAULT_SETTINGS)).toEqual([]);
    expect(changedSettings({})).toEqual([]);
  });

  it("says what differs, in the command line's words", () => {
    const initialisation = { kind: "xavier" } as const;
    const monitor = "validation/accuracy";
    expect(changedSettings({ initialisation, noise: 8, patience: 5, keep: "best", monitor })).toEqual([
      ["init", "xavier"],
      ["noise", "8"],
      ["patience", "5"],
      ["keep", "best"],
      ["monitor", "validation/accuracy"],
    ]);
    expect(changedSettings({ initialisation: { kind: "normal", deviation: 0.1 } })).toEqual([
      ["init", "normal:0.1"],
    ]);
  });

  it("a figure that nothing looks at is not said", () => {
    expect(changedSettings({ monitor: "train/loss" })).toEqual([]);
  });
});
