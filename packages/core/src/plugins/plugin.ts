// Plugins: plain objects, passed by value. The define functions exist for their types, and check what they get.
import type { DatasetInput, Split } from "../data/dataset.ts";
import { TrainscopeError } from "../errors.ts";
import { type PluginLimits, resolveLimits } from "../guard/limits.ts";
import type { AnyMetric, Metric, MetricKind } from "../metrics/metric.ts";
import { resolveSettings, type TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
import { checkExporter } from "./check-exporter.ts";
import { bad, listOf, nameOf } from "./check-fields.ts";
import { checkMetric, requireSameGathering } from "./check-metric.ts";
import type { Exporter } from "./exporter.ts";
import type { KnownMonitor } from "./metric-tags.ts";
import { type ConfigPluginEntry, flattenPlugins, type Plugin, type PluginEntry } from "./plugin-entry.ts";
import { checkSweepConfig, type SweepConfig } from "./sweep-config.ts";

/** What `trainscope.config.ts` exports by default. Flags of the command win over `settings`. */
export interface TrainscopeConfig {
  /** Configurations, by path from this one's folder or by package name; what stands here wins over them, in later ones over earlier. */
  readonly extends?: string | readonly string[];
  /** "sample", "cifar10", a path, or a function that makes the images or reads them. */
  readonly data?: string | (() => DatasetInput | Promise<DatasetInput>);
  readonly trainOn?: "batch1" | "all";
  /** Of CIFAR-100: its 100 classes, or its 20 superclasses. */
  readonly labels?: "fine" | "coarse";
  readonly settings?: Partial<TrainSettings>;
  readonly metrics?: readonly AnyMetric[];
  readonly exporters?: readonly Exporter[];
  readonly plugins?: readonly ConfigPluginEntry[];
  readonly limits?: Partial<PluginLimits>;
  /** Of `trainscope sweep`. */
  readonly sweep?: SweepConfig;
}

/**
 * Throws `BAD_PLUGIN` where a field is missing, unknown or of the wrong kind. The metric's type knows its name and splits, for a
 * `monitor` that is misspelt not to compile.
 */
export function defineMetric<
  State,
  Kind extends MetricKind = "number",
  const Name extends string = string,
  const In extends Split = Split,
>(
  metric: Metric<State, Kind> & { readonly name: Name; readonly splits: readonly In[] },
): Metric<State, Kind> & { readonly name: Name; readonly splits: readonly In[] } {
  checkMetric(metric);
  return metric;
}

/** Throws `BAD_PLUGIN` where a field is missing, unknown or of the wrong kind. */
export function defineExporter<Own extends Exporter>(exporter: Own): Own {
  checkExporter(exporter);
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
  for (const metric of listOf(where, "metrics", plugin.metrics)) checkMetric(metric);
  for (const exporter of listOf(where, "exporters", plugin.exporters)) defineExporter(exporter);
  return plugin;
}

const CHOICES = { trainOn: ["batch1", "all"], labels: ["fine", "coarse"] };
const CONFIG_FIELDS = [
  "extends",
  "data",
  "trainOn",
  "labels",
  "settings",
  "metrics",
  "exporters",
  "plugins",
  "limits",
  "sweep",
];

/** Throws `BAD_CONFIG` for an unknown field or one of the wrong kind, `BAD_PLUGIN` where a plugin in it is wrong. */
export function defineConfig<const Config extends TrainscopeConfig>(
  config: Config & KnownMonitor<Config>,
): Config {
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
  const { extends: bases = [], data, settings = {}, plugins, limits } = config;
  if (![bases].flat().every((base) => typeof base === "string" && base !== "")) {
    throw badConfig(`extends is ${describeValue(bases)}; expected a path or package name, or a list of these`);
  }
  if (data !== undefined && typeof data !== "string" && typeof data !== "function") {
    throw badConfig(`data is ${typeof data}; expected "sample", "cifar10", a path or a function`);
  }
  for (const field of ["trainOn", "labels"] as const) {
    const value = config[field];
    if (value === undefined || CHOICES[field].includes(value)) continue;
    throw badConfig(`${field} is ${describeValue(value)}; expected one of ${CHOICES[field].join(", ")}`);
  }
  if (typeof settings !== "object" || settings === null) {
    throw badConfig(`settings is ${describeValue(settings)}; expected an object`);
  }
  resolveSettings(settings);
  if (config.sweep !== undefined) checkSweepConfig(config.sweep);
  if (limits !== undefined && (typeof limits !== "object" || limits === null)) {
    throw badConfig(`limits is ${describeValue(limits)}; expected an object`);
  }
  resolveLimits(limits);
  // Those that are named are loaded, and looked at, by whoever reads the configuration.
  const objects = flattenPlugins(listOf("configuration", "plugins", plugins)).filter(isPlugin);
  collectPlugins({ ...config, plugins: objects });
  return config;
}

function badConfig(message: string, hint?: string): TrainscopeError {
  return new TrainscopeError("BAD_CONFIG", message, hint === undefined ? {} : { hint });
}

function isPlugin<Entry>(entry: Entry): entry is Exclude<Entry, string | readonly unknown[]> {
  return typeof entry !== "string" && !Array.isArray(entry);
}

/** Everything that is given, alone or in plugins, as one list each. Throws `BAD_PLUGIN`, also for a name met twice. */
export function collectPlugins(
  given: Omit<Plugin, "name"> & { readonly plugins?: readonly PluginEntry[] | undefined },
): {
  readonly metrics: readonly AnyMetric[];
  readonly exporters: readonly Exporter[];
} {
  const plugins = flattenPlugins(listOf("configuration", "plugins", given.plugins)).map((entry) => {
    if (isPlugin(entry)) return definePlugin(entry);
    throw bad(
      `plugin ${describeValue(Array.isArray(entry) ? entry[0] : entry)}`,
      "a name; expected an object",
      {
        hint: "Only the command's configuration takes plugins by name: import it, and give what it exports.",
      },
    );
  });
  const bundles = [given, ...plugins];
  const metrics = bundles.flatMap((bundle) => listOf("configuration", "metrics", bundle.metrics));
  const exporters = bundles.flatMap((bundle) => listOf("configuration", "exporters", bundle.exporters));
  for (const metric of metrics) checkMetric(metric);
  for (const exporter of exporters) defineExporter(exporter);
  requireSameGathering(metrics);
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
