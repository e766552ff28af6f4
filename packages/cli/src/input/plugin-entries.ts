// Entries of lists of plugins, loaded where they are names, and what two lists make together.
import type { Plugin } from "@trainscope/core";
import type { NamedPlugin } from "@trainscope/core/plugins";
import type { ModuleFile } from "./known-modules.ts";
import { type ModuleName, naming } from "./load-module.ts";
import { loadPlugin } from "./load-plugin.ts";
import { resolveModule } from "./resolve-module.ts";

/** What one entry stands for. */
export interface LoadedEntry {
  readonly value: readonly Plugin[];
  /** Where it was named. */
  readonly file?: ModuleFile;
}

/**
 * Those of a configuration, by whom it was named. What modules load is loaded one after the other: which of two faults is
 * told depends on no race.
 */
export async function loadEntries(
  entries: readonly (Plugin | NamedPlugin)[],
  config: string,
  folder: string,
  named: Omit<ModuleName, "path">,
): Promise<readonly LoadedEntry[]> {
  const loaded: LoadedEntry[] = [];
  for (const entry of entries) {
    if (typeof entry === "object" && "name" in entry) {
      loaded.push({ value: [entry] });
      continue;
    }
    const [name, options] = typeof entry === "string" ? [entry] : entry;
    const path = naming(config, () => resolveModule("plugin", name, folder));
    loaded.push(await loadPlugin({ ...named, path }, options));
  }
  return loaded;
}

/** All of both. A module, or an object, that both have is taken as the nearer list has it: with its options, in its place. */
export function joinEntries(
  farther: readonly LoadedEntry[],
  nearer: readonly LoadedEntry[],
): readonly LoadedEntry[] {
  const modules = new Set(nearer.map(({ file }) => file?.path));
  const objects = new Set(nearer.flatMap(({ value }) => value));
  const left = farther
    .filter(({ file }) => file === undefined || !modules.has(file.path))
    .map((entry) => ({ ...entry, value: entry.value.filter((plugin) => !objects.has(plugin)) }));
  return [...left, ...nearer];
}
