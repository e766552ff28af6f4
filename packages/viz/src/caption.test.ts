import { resolveSettings } from "@trainscope/core/settings";
import { expect, test } from "vitest";
import { describeRun, describeSettings } from "./caption.ts";

test("a caption names the data and λ, η, batch and seed", () => {
  expect(describeRun({ dataName: "CIFAR-10", settings: resolveSettings({ seed: 42 }) })).toBe(
    "CIFAR-10 · λ = 0.1, η = 0.001, batch 100, seed 42",
  );
});

test("what differs from the plain setting is said too", () => {
  const settings = resolveSettings({ seed: 42, loss: "bce", flip: 0.5, schedule: { kind: "cosine" } });
  expect(describeSettings(settings)).toBe(
    "λ = 0.1, η = 0.001 (cosine), batch 100, seed 42, loss bce, flip 0.5",
  );
});

test("initialisation, noise and what ends or chooses are said where they differ", () => {
  const settings = resolveSettings({ initialisation: { kind: "xavier" }, noise: 8, patience: 5, keep: "best" });
  expect(describeSettings(settings)).toBe(
    "λ = 0.1, η = 0.001, batch 100, seed 0, init xavier, noise 8, patience 5, keep best",
  );
});

test("what isn't known is left out", () => {
  expect(describeRun({})).toBe("");
  expect(describeRun({ settings: { lambda: 0 } })).toBe("λ = 0");
});
