// Plugins: plain objects, passed by value. The define functions exist for their types, and check what they get.
import { describeValue } from "../describe-value.ts";
import { TrainscopeError } from "../errors.ts";
import type { AnyMetric, Metric, MetricDisplay } from "../metrics/metric.ts";
import { resolveSettings, type TrainSettings } from "../settings.ts";
import type { Exporter } from "./exporter.ts";

/** Metrics and exporters that belong together. */
export interface Plugin {
  readonly name: string;
  readonly metrics?: readonly AnyMetric[];
  readonly exporters?: readonly Exporter[];
}

/** What `trainscope.config.ts` exports by default. Flags of the command win over `settings`. */
export interface TrainscopeConfig {
  /** "sample", "cifar10" or a folder. */
  readonly data?: string;
  readonly trainOn?: "batch1" | "all";
  readonly settings?: Partial<TrainSettings>;
  readonly metrics?: readonly AnyMetric[];
  readonly exporters?: readonly Exporter[];
  readonly plugins?: readonly Plugin[];
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SPLITS = ["train", "validation", "test"];
const DIRECTIONS = ["min", "max", "none"];
const SCALES = ["linear", "log"];

/** Throws `BAD_PLUGIN` where a field is missing or of the wrong kind. */
export function defineMetric<State>(metric: Metric<State>): Metric<State> {
  const where = nameOf("metric", metric);
  requireFunctions(where, metric, ["init", "update", "result"]);
  if (!Array.isArray(metric.splits) || metric.splits.length === 0) {
    throw bad(where, `splits is ${JSON.stringify(metric.splits)}; expected a list of ${SPLITS.join(", ")}`);
  }
  for (const split of metric.splits) {
    if (!SPLITS.includes(split)) throw bad(where, `split "${split}"; expected one of ${SPLITS.join(", ")}`);
  }
  if (!DIRECTIONS.includes(metric.direction)) {
    throw bad(where, `direction is "${metric.direction}"; expected one of ${DIRECTIONS.join(", ")}`);
  }
  requireKind(where, "unit", metric.unit, "string");
  requireKind(where, "display", metric.display, "object");
  requireKind(where, "format", metric.format, "function");
  requireKind(where, "critical", metric.critical, "boolean");
  if (metric.display !== undefined) checkDisplay(where, metric.display);
  return metric;
}

function checkDisplay(where: string, { chart, scale, range, baseline, digits }: MetricDisplay): void {
  requireKind(where, "display.chart", chart, "boolean");
  requireKind(where, "display.baseline", baseline, "number");
  if (digits !== undefined && !(Number.isInteger(digits) && digits >= 0 && digits <= 20)) {
    throw bad(where, `display.digits is ${String(digits)}; expected a whole number, 0 to 20`);
  }
  if (scale !== undefined && !SCALES.includes(scale)) {
    throw bad(where, `display.scale is "${scale}"; expected one of ${SCALES.join(", ")}`);
  }
  const isRange =
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];
  if (range !== undefined && !isRange) {
    throw bad(where, `display.range is ${JSON.stringify(range)}; expected two rising numbers`);
  }
}

/** Throws `BAD_PLUGIN` where a field is missing or of the wrong kind. */
export function defineExporter(exporter: Exporter): Exporter {
  requireFunctions(nameOf("exporter", exporter), exporter, ["connect"]);
  return exporter;
}

const PLUGIN_FIELDS = ["name", "metrics", "exporters"];

/** Throws `BAD_PLUGIN` where the plugin or anything in it is wrong, an unknown field included. */
export function definePlugin(plugin: Plugin): Plugin {
  const where = nameOf("plugin", plugin);
  for (const field of Object.keys(plugin)) {
    if (PLUGIN_FIELDS.includes(field)) continue;
    throw bad(where, `unknown field "${field}"`, {
      hint: "A plugin has metrics and exporters; a metric by itself goes into metrics, an exporter into exporters.",
    });
  }
  for (const metric of listOf(where, "metrics", plugin.metrics)) defineMetric(metric);
  for (const exporter of listOf(where, "exporters", plugin.exporters)) defineExporter(exporter);
  return plugin;
}

const TRAIN_ON = ["batch1", "all"];
const CONFIG_FIELDS = ["data", "trainOn", "settings", "metrics", "exporters", "plugins"];

/** Throws `BAD_CONFIG` for an unknown field or one of the wrong kind, `BAD_PLUGIN` where a plugin in it is wrong. */
export function defineConfig(config: TrainscopeConfig): TrainscopeConfig {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw badConfig(
      `the configuration is ${Array.isArray(config) ? "a list" : String(config)}; expected an object`,
    );
  }
  for (const field of Object.keys(config)) {
    if (!CONFIG_FIELDS.includes(field)) {
      throw badConfig(
        `unknown field "${field}" in the configuration`,
        `The fields are ${CONFIG_FIELDS.join(", ")}.`,
      );
    }
  }
  const { data, trainOn, settings = {} } = config;
  if (data !== undefined && typeof data !== "string") {
    throw badConfig(`data is ${typeof data}; expected "sample", "cifar10" or a folder`);
  }
  if (trainOn !== undefined && !TRAIN_ON.includes(trainOn)) {
    throw badConfig(`trainOn is ${describeValue(trainOn)}; expected one of ${TRAIN_ON.join(", ")}`);
  }
  if (typeof settings !== "object" || settings === null) {
    throw badConfig(`settings is ${describeValue(settings)}; expected an object`);
  }
  resolveSettings(settings);
  collectPlugins(config);
  return config;
}

function badConfig(message: string, hint?: string): TrainscopeError {
  return new TrainscopeError("BAD_CONFIG", message, hint === undefined ? {} : { hint });
}

/** Everything that is given, alone or in plugins, as one list each. Throws `BAD_PLUGIN`, also for a name met twice. */
export function collectPlugins(given: Omit<Plugin, "name"> & { readonly plugins?: readonly Plugin[] }): {
  readonly metrics: readonly AnyMetric[];
  readonly exporters: readonly Exporter[];
} {
  const plugins = listOf("configuration", "plugins", given.plugins).map(definePlugin);
  const bundles = [given, ...plugins];
  const metrics = bundles.flatMap((bundle) => listOf("configuration", "metrics", bundle.metrics));
  const exporters = bundles.flatMap((bundle) => listOf("configuration", "exporters", bundle.exporters));
  for (const metric of metrics) defineMetric(metric);
  for (const exporter of exporters) defineExporter(exporter);
  requireDistinct("metric", [...BUILT_IN_NAMES, ...metrics.map(({ name }) => name)]);
  requireDistinct(
    "exporter",
    exporters.map(({ name }) => name),
  );
  return { metrics, exporters };
}

const BUILT_IN_NAMES = ["loss", "cost", "accuracy"];

function requireDistinct(kind: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const builtIn = kind === "metric" && BUILT_IN_NAMES.includes(twice);
  throw bad(`${kind} "${twice}"`, builtIn ? "the name of a built-in metric" : "two of the same name", {
    hint: `Give each ${kind} a name of its own.`,
  });
}

function nameOf(kind: string, value: { readonly name?: unknown } | null | undefined): string {
  const name = value?.name;
  if (typeof name !== "string" || !NAME.test(name)) {
    const found = value === null || value === undefined ? String(value) : `named ${JSON.stringify(name)}`;
    throw bad(kind, `${found}; expected a name of lower case words joined by hyphens, such as "top-3"`);
  }
  return `${kind} "${name}"`;
}

/** For fields that may be left out. */
function requireKind(where: string, field: string, value: unknown, kind: string): void {
  if (value === undefined) return;
  const found = value === null ? "null" : typeof value;
  if (found !== kind) throw bad(where, `${field} is ${found}; expected ${kind}, or nothing`);
}

function requireFunctions(where: string, value: object, names: readonly string[]): void {
  for (const name of names) {
    const found = (value as Record<string, unknown>)[name];
    if (typeof found !== "function") throw bad(where, `${name} is ${typeof found}; expected a function`);
  }
}

function listOf<Item>(where: string, field: string, value: readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw bad(where, `${field} is ${typeof value}; expected a list`);
  return value;
}

function bad(where: string, text: string, details: { readonly hint?: string } = {}): TrainscopeError {
  return new TrainscopeError("BAD_PLUGIN", `${where}: ${text}`, details);
}
