// What may stand in a list of plugins.
import type { AnyMetric } from "../metrics/metric.ts";
import type { Exporter } from "./exporter.ts";

/** Metrics and exporters that belong together. */
export interface Plugin {
  readonly name: string;
  readonly metrics?: readonly AnyMetric[];
  readonly exporters?: readonly Exporter[];
}

/**
 * A module whose default export is a plugin, a metric or an exporter, or a function that makes one of the options: by package
 * name, or by a path from the configuration's folder.
 */
export type NamedPlugin = string | readonly [name: string, options: object];

/** What is false, null or undefined counts as left out, and lists within lists as one: `[isLong && notify, preset()]`. */
type Nested<Item> = Item | false | null | undefined | readonly Nested<Item>[];

/** A plugin, nothing, or a list of them, nested as deep as one likes. */
export type PluginEntry = Nested<Plugin>;

/**
 * What a configuration may list as plugins: plugins, names of packages with their options, lists of
 * either.
 */
export type ConfigPluginEntry = Nested<Plugin | NamedPlugin>;

/** One list, in the order in which they stand. A text and an object, and no more, are a name and its options. */
export function flattenPlugins<Entry extends Plugin | NamedPlugin>(entry: Nested<Entry>): readonly Entry[] {
  // 0 and "" come of `list.length && plugin` and of a variable that isn't set.
  if (!entry) return [];
  if (!Array.isArray(entry) || isNameWithOptions(entry)) return [entry as Entry];
  return (entry as readonly Nested<Entry>[]).flatMap((inner) => flattenPlugins<Entry>(inner));
}

function isNameWithOptions([name, options, ...others]: readonly unknown[]): boolean {
  const areOptions = typeof options === "object" && options !== null && !Array.isArray(options);
  return typeof name === "string" && areOptions && others.length === 0;
}
