import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import { describe, expect, it } from "vitest";
import { fits, parseSettingFilter } from "./filter-runs.ts";
import { type RunSummary, summariseRun } from "./run-summary.ts";

const ALL = { states: [], tags: [], data: undefined, settings: [] };
const missing = new Error("it is missing");
const run: RunSummary = {
  ...summariseRun("a", { record: missing, log: missing, label: '{"v":1,"name":null,"tags":["x","y"]}' }),
  state: "died",
  data: "CIFAR-10 (data_batch_1)",
  settings: { ...DEFAULT_SETTINGS, learningRate: 0.001, schedule: { kind: "step", every: 10, factor: 0.1 } },
};

describe("fits", () => {
  it.each([
    [{}, true],
    [{ states: ["failed", "died"] }, true],
    [{ states: ["failed"] }, false],
    [{ tags: ["y", "x"] }, true],
    [{ tags: ["x", "z"] }, false],
    [{ data: "cifar" }, true],
    [{ data: "sample" }, false],
    [{ settings: [["eta", "1e-3"]] }, true],
    [{ settings: [["eta", "0.01"]] }, false],
    [{ settings: [["schedule", "step:10:0.1"]] }, true],
    [{ settings: [["seed", " "]] }, false],
    [
      {
        states: ["died"],
        settings: [
          ["lambda", "0.1"],
          ["loss", "bce"],
        ],
      },
      false,
    ],
  ] as const)("%j: %s", (filter, expected) => {
    expect(fits(run, { ...ALL, ...filter })).toBe(expected);
  });

  it("a setting that isn't known fits nothing", () => {
    expect(fits({ ...run, settings: null }, { ...ALL, settings: [["lambda", "0.1"]] })).toBe(false);
  });
});

it("a setting is asked for by its name on the command line", () => {
  expect(parseSettingFilter("init=normal:0.01")).toEqual(["init", "normal:0.01"]);
  for (const text of ["lambda", "lambda=", "learningRate=0.1", "=1"]) {
    expect(() => parseSettingFilter(text)).toThrow(`--setting ${text}: expected NAME=VALUE`);
  }
});
