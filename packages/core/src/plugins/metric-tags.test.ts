import { describe, expectTypeOf, it } from "vitest";
import type { AnyMetric } from "../metrics/metric.ts";
import type { TagOf } from "./metric-tags.ts";
import { defineConfig, defineMetric } from "./plugin.ts";

const topThree = defineMetric({
  name: "top-3",
  splits: ["train", "validation"],
  direction: "max",
  init: () => 0,
  update: (hits, batch) => hits + batch.size,
  result: (hits) => hits,
});

const scores = defineMetric({
  name: "scores",
  splits: ["validation"],
  kind: "record",
  fields: { precision: { direction: "max" } },
  init: () => 0,
  update: (hits) => hits,
  result: (hits) => ({ precision: hits }),
});

describe("the tags of metrics, as types", () => {
  it("are those of the splits and the name", () => {
    expectTypeOf<TagOf<typeof topThree>>().toEqualTypeOf<"train/top-3" | "validation/top-3">();
    expectTypeOf<"validation/scores/precision">().toExtend<TagOf<typeof scores>>();
    expectTypeOf<"train/scores/precision">().not.toExtend<TagOf<typeof scores>>();
  });

  it("compile as what is monitored, and none that is misspelt does", () => {
    defineConfig({ metrics: [topThree], settings: { monitor: "validation/top-3", patience: 3 } });
    defineConfig({ metrics: [topThree, scores], settings: { monitor: "validation/scores/precision" } });
    defineConfig({ settings: { monitor: "train/accuracy" } });
    // @ts-expect-error: the metric is called top-3.
    defineConfig({ metrics: [topThree], settings: { monitor: "validation/top3" } });
    // @ts-expect-error: the test split isn't one of the metric's.
    defineConfig({ metrics: [topThree], settings: { monitor: "test/top-3" } });
    // @ts-expect-error: there is no such metric.
    defineConfig({ settings: { epochs: 3, monitor: "validation/acuracy" } });
  });

  it("are any where only running tells, or where plugins may bring more", () => {
    const named: string = "validation/f1";
    defineConfig({ settings: { monitor: named } });
    defineConfig({ plugins: ["@me/scores"], settings: { monitor: "validation/own" } });
    defineConfig({ extends: "./base.ts", settings: { monitor: "validation/own" } });
    const ofCatalogue = topThree as AnyMetric;
    defineConfig({ metrics: [ofCatalogue], settings: { monitor: "validation/f1" } });
  });
});
