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
  type TrainscopeConfig,
} from "./plugin.ts";
import type { Plugin, PluginEntry } from "./plugin-entry.ts";

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
      'exporter "notes": it has none of connect, onEpoch, onExamination, onEnd',
    );
  });

  it("take a sweep, and types know what each of its settings can be", () => {
    const config: TrainscopeConfig = {
      sweep: {
        space: {
          learningRate: { log: [1e-4, 1e-1], points: 4 },
          loss: ["softmax", "svm"],
          noise: { linear: [0, 16], when: { loss: ["svm"] } },
          schedule: { values: [{ kind: "constant" }, { kind: "cosine" }] },
        },
        seeds: 3,
        strategy: "halving",
        budget: 20,
      },
    };
    expect(defineConfig(config)).toBe(config);
    // @ts-expect-error Only numbers have ranges.
    expect(() => defineConfig({ sweep: { space: { keep: { log: [1, 2] } } } })).toThrow("no number");
    // @ts-expect-error The number of epochs is the same for all.
    expect(() => defineConfig({ sweep: { space: { epochs: [1, 2] } } })).toThrow("unknown field");
  });

  it.each([
    [{ metric: [] }, 'unknown field "metric" in the configuration'],
    [[], "the configuration is a list; expected an object"],
    [null, "the configuration is null; expected an object"],
    [{ data: 5 }, 'data is number; expected "sample", "cifar10", a path or a function'],
    [{ labels: "rough" }, 'labels is "rough"; expected one of fine, coarse'],
    [{ trainOn: "everything" }, 'trainOn is "everything"; expected one of batch1, all'],
    [{ settings: 5 }, "settings is 5; expected an object"],
    [{ settings: { epochs: 0 } }, "epochs is 0"],
    [{ metrics: "top-3" }, "metrics is string; expected a list"],
    [{ sweep: 5 }, "sweep is 5; expected an object"],
    [{ sweep: { stategy: "grid" } }, 'unknown field "stategy" in sweep'],
    [{ sweep: { strategy: "bayes" } }, 'sweep.strategy is "bayes"; expected one of grid, random, halving, tpe'],
    [{ sweep: { budget: 0.5 } }, "sweep.budget is 0.5; expected a whole number of at least 1"],
    [{ sweep: { space: { epochs: [1, 2] } } }, 'unknown field "epochs" in sweep.space'],
    [{ sweep: { space: { lambda: 0.1 } } }, "sweep.space.lambda is 0.1; expected a list of values, or one of"],
    [
      { sweep: { space: { lambda: [0, -1] } } },
      "sweep.space.lambda: lambda is -1; expected a number of at least 0",
    ],
    [{ sweep: { space: { lambda: { points: 3 } } } }, "sweep.space.lambda has none; expected a list"],
    [{ sweep: { space: { lambda: { log: [1, 2], values: [1] } } } }, "sweep.space.lambda has log and values;"],
    [
      { sweep: { space: { lambda: { log: [1] } } } },
      "sweep.space.lambda.log is an array; expected two numbers",
    ],
    [
      { sweep: { space: { loss: { linear: [0, 1] } } } },
      "sweep.space.loss is a range; expected a list of values",
    ],
    [
      { sweep: { space: { lambda: { values: [1], when: 3 } } } },
      "sweep.space.lambda.when is 3; expected settings",
    ],
    [{ plugins: "./mine.ts" }, "plugins is string; expected a list"],
    [{ plugins: [[{ name: "own", metric: [] }]] }, 'plugin "own": unknown field "metric"'],
    [{ extends: 5 }, "extends is 5; expected a path or package name, or a list of these"],
    [{ extends: ["./base.ts", null] }, "expected a path or package name"],
  ])("refuse the configuration %j", (config, message) => {
    expect(() => defineConfig(config as TrainscopeConfig)).toThrow(message);
  });

  it.each([
    ["unit", 5, "unit is number; expected string, or nothing"],
    ["display", null, "display is null; expected object, or nothing"],
    ["display", { range: 5 }, "display.range is 5; expected two rising numbers"],
    ["display", { range: [1, 0] }, "display.range is [1,0]; expected two rising numbers"],
    ["display", { scale: "sqrt" }, 'display.scale is "sqrt"; expected one of linear, log'],
    ["display", { digits: 1.5 }, "display.digits is 1.5; expected a whole number, 0 to 20"],
    ["display", { digits: 21 }, "display.digits is 21; expected a whole number, 0 to 20"],
    ["display", { baseline: "x" }, "display.baseline is string; expected number, or nothing"],
    ["format", "percent", "format is string; expected function, or nothing"],
    ["critical", "yes", "critical is string; expected boolean, or nothing"],
  ])("refuse a metric with the %s %j", (field, value, message) => {
    expect(() => defineMetric({ ...metric, [field]: value })).toThrow(message);
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

  it("leaves out what is falsy, and takes lists within lists", () => {
    const named = (name: string): Plugin => ({ name, metrics: [{ ...metric, name }] });
    const plugins: PluginEntry[] = [false, named("a"), [null, [named("b"), undefined], []], named("c")];
    const found = collectPlugins({ plugins: [...plugins, 0 as never, "" as never] });
    expect(found.metrics.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it.each([["@me/notify"], [["@me/notify", { sound: true }]]])(
    "leaves the name %j to the command's configuration",
    (entry) => {
      const config = { plugins: [entry as string, [{ name: "own", metrics: [metric] }]] };
      expect(defineConfig(config)).toBe(config);
      expect(() => collectPlugins(config as { plugins: PluginEntry[] })).toThrow(
        'plugin "@me/notify": a name; expected an object',
      );
    },
  );

  it("refuses a metric in the place of a plugin, which would be passed over", () => {
    const plugins = [metric] as unknown as Plugin[];
    expect(() => collectPlugins({ plugins })).toThrow('unknown field "splits"');
  });

  it("refuses two of one name, and the name of a built-in metric", () => {
    expect(() => collectPlugins({ metrics: [metric, metric] })).toThrow('metric "top-3": two of the same name');
    expect(() => collectPlugins({ metrics: [{ ...metric, name: "loss" }] })).toThrow(
      "the name of a built-in metric",
    );
  });
});
