import { collectPlugins } from "@trainscope/core/plugins";
import { describe, expect, it } from "vitest";
import { catalogue, FAMILIES, metricNamed } from "./index.ts";

describe("the catalogue", () => {
  it("has each metric once, with a sentence", () => {
    const { metrics } = collectPlugins({ metrics: catalogue() });
    expect(metrics.length).toBeGreaterThan(20);
    for (const { name, description = "" } of metrics) {
      expect(description, name).toMatch(/^[A-Z].*\.$/);
      expect(metricNamed(name)).toMatchObject({ name, description });
    }
  });

  it.each([
    "top-3",
    "top-100",
    "f2",
    "f0-5",
    "recall-weighted",
    "precision-micro",
    "f1-per-class",
    "ece-10",
    "mce-4",
    "adaptive-ece-20",
    "adaptive-mce-5",
  ])("%s is a metric with an option in its name", (name) => {
    expect(metricNamed(name).name).toBe(name);
  });

  it("families name an example that they make", () => {
    for (const { description, create } of FAMILIES) {
      const examples = description.split(": ")[1]?.split(", ") ?? [];
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(create(example)?.name).toBe(example);
    }
  });

  it.each([
    ["precison", "precision"],
    ["top5", "top-5"],
    ["AUROC", "auroc"],
    ["recal-per-class", "recall-per-class"],
  ])("%s is refused, and %s named", (name, near) => {
    expect(() => metricNamed(name)).toThrow(`no metric is called "${name}"`);
    expect(() => metricNamed(name)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`Is it ${near} `) }),
    );
  });

  it.each(["top-0", "f0", "top-", "sharpness", "", "__proto__"])("%j is refused", (name) => {
    expect(() => metricNamed(name)).toThrow("no metric is called");
  });
});
