// Metrics and exporters of a run: those that every run has, and those of the user's own modules.
import { resolve } from "node:path";
import { type AnyMetric, collectPlugins, type Exporter, type TrainscopeConfig } from "@trainscope/core";
import { loadConfig, loadPlugin } from "../input/modules.ts";
import type { RunRecord } from "../run-files/run-record.ts";

export interface LoadedModules {
  readonly metrics: readonly AnyMetric[];
  readonly exporters: readonly Exporter[];
  readonly config: TrainscopeConfig;
  /** To find them again. */
  readonly modules: RunRecord["modules"];
}

/** `config`: none where it is `null`. Throws `BAD_CONFIG` or `BAD_PLUGIN` naming the module. */
export async function loadModules(config: string | null, plugins: readonly string[]): Promise<LoadedModules> {
  const loaded = config === null ? {} : await loadConfig(config);
  const fromPaths = await Promise.all(plugins.map(loadPlugin));
  const { defaultExporters } = await import("@trainscope/viz");
  const { metrics, exporters } = collectPlugins({
    exporters: defaultExporters(),
    plugins: [
      { name: "config", metrics: loaded.metrics ?? [], exporters: loaded.exporters ?? [] },
      ...(loaded.plugins ?? []),
      ...fromPaths,
    ],
  });
  const modules = {
    config: config === null ? null : resolve(config),
    plugins: plugins.map((path) => resolve(path)),
  };
  return { metrics, exporters, config: loaded, modules };
}
