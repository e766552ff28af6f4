// Loads a configuration, with those that it extends and the plugins that it names.
import { dirname, resolve } from "node:path";
import { defineConfig, type Plugin, type TrainscopeConfig } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { collectPlugins, flattenPlugins, type NamedPlugin } from "@trainscope/core/plugins";
import type { ModuleFile } from "./known-modules.ts";
import { loadDefault, type ModuleName, naming } from "./load-module.ts";
import { joinEntries, type LoadedEntry, loadEntries } from "./plugin-entries.ts";
import { resolveModule } from "./resolve-module.ts";

/** With nothing left to be found. */
export interface ResolvedConfig extends Omit<TrainscopeConfig, "extends" | "plugins"> {
  readonly plugins: readonly LoadedEntry[];
}

export interface LoadedConfig {
  readonly value: ResolvedConfig;
  /** All that was loaded for it, itself first. */
  readonly files: readonly ModuleFile[];
}

/** One file's own part of a configuration. */
interface Part {
  readonly path: string;
  readonly file: ModuleFile;
  readonly value: ResolvedConfig;
}

/**
 * Throws `BAD_CONFIG` where it does not load or is not one, `BAD_PLUGIN` where a plugin of it is wrong. Where a run names
 * it, nothing is imported, of what it names neither, but what own runs have used as it is now.
 */
export async function loadConfig(name: ModuleName): Promise<LoadedConfig> {
  const parts = await loadParts(name, { by: name.by, within: name.path }, [], new Set());
  const value = parts.map((part) => part.value).reduce(merge);
  const { metrics = [], exporters = [], plugins } = value;
  const objects = plugins.flatMap((entry) => entry.value);
  const nearestFirst = parts.toReversed();
  const paths = nearestFirst.map(({ path }) => path).join(", with ");
  naming(paths, () => collectPlugins({ metrics, exporters, plugins: objects }));
  const files = nearestFirst.map(({ file }) => file);
  return { value, files: [...files, ...plugins.flatMap(({ file = [] }) => file)] };
}

/** The farthest first. A file that is reached twice is there once, before all that extend it. */
async function loadParts(
  name: ModuleName,
  named: Omit<ModuleName, "path">,
  extending: readonly string[],
  seen: Set<string>,
): Promise<readonly Part[]> {
  const { value, file } = await loadDefault(name, "BAD_CONFIG", "configuration");
  const chain = [...extending, file.path];
  if (extending.includes(file.path)) {
    throw new TrainscopeError("BAD_CONFIG", `configurations extend each other: ${chain.join(" -> ")}`, {
      hint: "Take one of them out of the other's extends.",
    });
  }
  if (seen.has(file.path)) return [];
  seen.add(file.path);
  const config = naming(name.path, () => defineConfig(value as TrainscopeConfig));
  const { extends: bases = [], plugins: entries, ...own } = config;
  const folder = dirname(file.path);
  const parts: Part[] = [];
  for (const base of [bases].flat()) {
    const path = naming(name.path, () => resolveModule("configuration", base, folder));
    parts.push(...(await loadParts({ ...named, path }, named, chain, seen)));
  }
  const flat = flattenPlugins<Plugin | NamedPlugin>(entries);
  const plugins = await loadEntries(flat, name.path, folder, named);
  const data = own.data === undefined ? {} : { data: dataIn(folder, own.data) };
  return [...parts, { path: name.path, file, value: { ...own, ...data, plugins } }];
}

type DataChoice = NonNullable<TrainscopeConfig["data"]>;

/** A folder is taken from the configuration's, wherever the command is called. */
function dataIn(folder: string, data: DataChoice): DataChoice {
  return typeof data === "function" || ["sample", "cifar10"].includes(data) ? data : resolve(folder, data);
}

/** Where both configurations have a single value, the nearer one's holds; lists are joined. */
function merge(base: ResolvedConfig, own: ResolvedConfig): ResolvedConfig {
  const space = over(base.sweep?.space, own.sweep?.space);
  return {
    ...over(base, own),
    settings: over(base.settings, own.settings),
    sweep: { ...over(base.sweep, own.sweep), space },
    limits: over(base.limits, own.limits),
    metrics: union(base.metrics, own.metrics),
    exporters: union(base.exporters, own.exporters),
    plugins: joinEntries(base.plugins, own.plugins),
  };
}

/** What is undefined is left out: JavaScript has `data: isLong ? "all" : undefined`. */
function over<Fields extends object>(base: Fields | undefined, own: Fields | undefined): Fields {
  const given = Object.entries(own ?? {}).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) } as Fields;
}

/** What both import from one module is there once. */
function union<Item>(base: readonly Item[] = [], own: readonly Item[] = []): readonly Item[] {
  return [...new Set([...base, ...own])];
}
