import { EMPTY } from "rxjs";
import { describe, expect, it } from "vitest";
import type { AnyMetric } from "../metrics/metric.ts";
import type { Exporter } from "./exporter.ts";
import {
  collectPlugins,
  defineConfig,
  defineExporter,
  defineMetric,
  definePlugin,
  type Plugin,
} from "./plugin.ts";

const metric: AnyMetric = {
  name: "top-3",
  splits: ["validation"],
  direction: "max",
  init: () => 0,
  update: (state: number) => state,
  result: (state: number) => state,
};
const exporter: Exporter = { name: "notes", connect: () => EMPTY };

describe("define functions", () => {
  it("give back the very object where it keeps the contract", () => {
    expect(defineMetric(metric)).toBe(metric);
    expect(defineExporter(exporter)).toBe(exporter);
    const plugin = { name: "both", metrics: [metric], exporters: [exporter] };
    expect(definePlugin(plugin)).toBe(plugin);
    expect(defineConfig({ plugins: [plugin] })).toEqual({ plugins: [plugin] });
  });

  it.each([
    [{ ...metric, name: "Top 3" }, 'metric: named "Top 3"; expected a name of lower case words'],
    [{ ...metric, update: undefined }, 'metric "top-3": update is undefined; expected a function'],
    [{ ...metric, splits: [] }, "splits is []; expected a list of train, validation, test"],
    [{ ...metric, splits: ["dev"] }, 'split "dev"; expected one of train, validation, test'],
    [{ ...metric, direction: "up" }, 'direction is "up"; expected one of min, max, none'],
    [undefined, "metric: undefined; expected a name"],
  ])("refuse a metric that does not: %j", (wrong, message) => {
    expect(() => defineMetric(wrong as AnyMetric)).toThrow(message);
  });

  it("refuse an exporter without connect", () => {
    expect(() => defineExporter({ name: "notes" } as Exporter)).toThrow(
      'exporter "notes": connect is undefined; expected a function',
    );
  });

  it("refuse a configuration with an unknown field, by name", () => {
    expect(() => defineConfig({ metric: [] } as object)).toThrow('unknown field "metric" in the configuration');
  });
});

describe("collectPlugins", () => {
  it("gathers what is given alone and in plugins", () => {
    const plugin: Plugin = { name: "more", metrics: [{ ...metric, name: "other" }] };
    const { metrics, exporters } = collectPlugins({
      metrics: [metric],
      exporters: [exporter],
      plugins: [plugin],
    });
    expect(metrics.map(({ name }) => name)).toEqual(["top-3", "other"]);
    expect(exporters).toEqual([exporter]);
  });

  it("refuses two of one name, and the name of a built-in metric", () => {
    expect(() => collectPlugins({ metrics: [metric, metric] })).toThrow('metric "top-3": two of the same name');
    expect(() => collectPlugins({ metrics: [{ ...metric, name: "loss" }] })).toThrow(
      "the name of a built-in metric",
    );
  });
});
