import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import type { RunSummary } from "@trainscope/runs";
import { expect, it } from "vitest";
import { describeRuns } from "./describe-runs.ts";

const one: RunSummary = {
  run: "one",
  name: null,
  tags: [],
  parent: null,
  resumed: 0,
  lastSign: null,
  startedAt: "2026-01-02T03:04:05.000Z",
  data: "sample",
  problems: [],
  settings: { ...DEFAULT_SETTINGS, learningRate: 0.01, schedule: { kind: "cosine" }, noise: 3, epochs: 3 },
  epochs: { done: 3, planned: 3 },
  state: "early-stop",
  bestValidationAccuracy: { epoch: 2, value: 0.75 },
  testAccuracy: 0.5,
};
const damaged: RunSummary = {
  run: "\x1b[2Jtwo",
  name: null,
  tags: [],
  parent: null,
  resumed: 0,
  lastSign: null,
  startedAt: null,
  data: null,
  settings: null,
  problems: ["run.json: it is no JSON", "events.jsonl: it is missing"],
  epochs: { done: 0, planned: null },
  state: "no-end",
  bestValidationAccuracy: null,
  testAccuracy: null,
};

it("is a line a run, with the settings that differ, and below it what is damaged", () => {
  const [head, first, second, ...below] = describeRuns([one, damaged]);
  expect(head).toMatch(/^run +started +data +epochs +best validation +test +state +settings$/);
  expect(first).toMatch(
    /^one +2026-01-0\d \d\d:04 +sample +3\/3 +75\.00 % after 2 +50\.00 % +stopped early +eta 0\.01, schedule cosine, noise 3$/,
  );
  expect(second).toMatch(/^two +- +- +0\/- +- +- +no end known +-$/);
  expect(below).toEqual(["  damaged: run.json: it is no JSON", "  damaged: events.jsonl: it is missing"]);
});

it("tells of a run that died when it was last heard of", () => {
  const died: RunSummary = { ...one, state: "died", lastSign: "1970-01-01T00:16:40.000Z", resumed: 2 };
  expect(describeRuns([died])[1]).toMatch(/ died, last sign 1970-01-01 \d\d:\d\d:40, resumed 2 times /);
});

it("leaves out columns that a narrow terminal has no room for, and says which", () => {
  const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));
  const whole = widest(describeRuns([one]));
  expect(describeRuns([one], whole)).toEqual(describeRuns([one]));
  const narrow = describeRuns([one], 80);
  expect(narrow).toEqual([
    expect.stringMatching(/^run /),
    expect.stringMatching(/^one /),
    "Too wide for the terminal: started, data, epochs; a pipe gets them.",
  ]);
  expect(widest(narrow)).toBeLessThanOrEqual(whole - 16);
});
