import { expect, it } from "vitest";
import { withMetricsOf } from "./undeclared-metrics.ts";

it.each([
  ["train/loss", "min", null],
  ["validation/top5-accuracy", "max", "fraction"],
  ["test/word_error", "min", null],
  ["train/F1", "max", null],
  ["train/norm", "none", null],
  // Words in which a known one only begins.
  ["train/lossless", "none", null],
  ["train/remap", "none", null],
])("%s: %s, %s", (tag, direction, unit) => {
  const [split, name] = tag.split("/");
  expect(withMetricsOf([], { [tag]: 0.5 })).toEqual([{ tag, name, split, direction, unit, display: {} }]);
});

it.each([
  [0.99996, "fraction"],
  [1, "fraction"],
  [null, "fraction"],
  [43.1, "%"],
  [100, "%"],
  [101, null],
  [-3, null],
])("an accuracy that begins with %s is in the unit %s", (value, unit) => {
  expect(withMetricsOf([], { "validation/acc": value })).toMatchObject([{ unit }]);
});

it.each(["loss", "train/", "/loss", "val/loss", ""])("%j is no tag", (tag) => {
  expect(withMetricsOf([], { [tag]: 0.5 })).toEqual([]);
});

it("a metric that the run has described is not described anew, and nothing new is the same array", () => {
  const own = {
    tag: "train/loss",
    name: "loss",
    split: "train",
    direction: "max",
    unit: "bits",
    display: {},
  } as const;
  const known = [own];
  expect(withMetricsOf(known, { "train/loss": 1, nonsense: 2 })).toBe(known);
  expect(withMetricsOf(known, { "train/loss": 1, "train/f1": 2 })).toMatchObject([own, { tag: "train/f1" }]);
});
