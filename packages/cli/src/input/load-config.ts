// Loads a configuration, with those that it extends and the plugins that it names.
import { dirname, resolve } from "node:path";
import {
  defineConfig,
  flattenPlugins,
  type NamedPlugin,
  type Plugin,
  type TrainscopeConfig,
  TrainscopeError,
} from "@trainscope/core";
import type { ModuleFile } from "./known-modules.ts";
import { loadDefault, type ModuleName, naming } from "./load-module.ts";
import { loadPlugin } from "./load-plugin.ts";
import { resolveModule } from "./resolve-module.ts";

/** With nothing left to be found. */
export interface ResolvedConfig extends Omit<TrainscopeConfig, "extends" | "plugins"> {
  readonly plugins: readonly Plugin[];
}

export interface LoadedConfig {
  readonly value: ResolvedConfig;
  /** All that was loaded for it, itself first. */
  readonly files: readonly ModuleFile[];
}

/**
 * Throws `BAD_CONFIG` where it does not load or is not one, and where a run names it that no own run has used as it is
 * now; it isn't imported then. What a configuration names is trusted as it is, like what it imports. `BAD_PLUGIN` where
 * a plugin of it is wrong.
 */
export async function loadConfig(name: ModuleName): Promise<LoadedConfig> {
  return await load(name, []);
}

async function load(name: ModuleName, extending: readonly string[]): Promise<LoadedConfig> {
  const { value, file } = await loadDefault(name, "BAD_CONFIG", "configuration");
  const chain = [...extending, file.path];
  if (extending.includes(file.path)) {
    throw new TrainscopeError("BAD_CONFIG", `configurations extend each other: ${chain.join(" -> ")}`, {
      hint: "Take one of them out of the other's extends.",
    });
  }
  const config = naming(name.path, () => defineConfig(value as TrainscopeConfig));
  const { extends: names = [], plugins: entries, ...own } = config;
  const folder = dirname(file.path);
  const bases: LoadedConfig[] = [];
  for (const base of [names].flat()) {
    const path = naming(name.path, () => resolveModule("configuration", base, folder));
    bases.push(await load({ path, by: "user" }, chain));
  }
  const plugins = await loadEntries(flattenPlugins<Plugin | NamedPlugin>(entries), name.path, folder);
  const data = own.data === undefined ? {} : { data: dataIn(folder, own.data) };
  const resolved = { ...own, ...data, plugins: plugins.flatMap(({ value }) => value) };
  return {
    value: [...bases.map((base) => base.value), resolved].reduce(merge),
    files: [file, ...bases.flatMap((base) => base.files), ...plugins.flatMap(({ files }) => files)],
  };
}

/** What modules load is loaded one after the other: which of two faults is told depends on no race. */
async function loadEntries(entries: readonly (Plugin | NamedPlugin)[], config: string, folder: string) {
  const loaded: { readonly value: readonly Plugin[]; readonly files: readonly ModuleFile[] }[] = [];
  for (const entry of entries) {
    if (typeof entry === "object" && "name" in entry) {
      loaded.push({ value: [entry], files: [] });
      continue;
    }
    const [name, options] = typeof entry === "string" ? [entry] : entry;
    const path = naming(config, () => resolveModule("plugin", name, folder));
    const { value, file } = await loadPlugin({ path, by: "user" }, options);
    loaded.push({ value, files: [file] });
  }
  return loaded;
}

/** A folder is taken from the configuration's, wherever the command is called. */
function dataIn(folder: string, data: string): string {
  return ["sample", "cifar10"].includes(data) ? data : resolve(folder, data);
}

/** Of single things the later one holds, of lists both. */
function merge(base: ResolvedConfig, own: ResolvedConfig): ResolvedConfig {
  return {
    ...{ ...base, ...own },
    settings: { ...base.settings, ...own.settings },
    sweep: { ...base.sweep, ...own.sweep, space: { ...base.sweep?.space, ...own.sweep?.space } },
    limits: { ...base.limits, ...own.limits },
    metrics: [...(base.metrics ?? []), ...(own.metrics ?? [])],
    exporters: [...(base.exporters ?? []), ...(own.exporters ?? [])],
    plugins: [...base.plugins, ...own.plugins],
  };
}
