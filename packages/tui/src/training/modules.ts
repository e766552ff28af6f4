// Metrics and exporters of a run: those that every run has, and those of the user's own modules.
import { resolve } from "node:path";
import { type AnyMetric, collectPlugins, type Exporter, type TrainscopeConfig } from "@trainscope/core";
import type { TrainFlags } from "../commands/train-flags.ts";
import { loadConfig, loadPlugin } from "../input/modules.ts";
import type { RunModules, RunRecord } from "../run-files/run-record.ts";

export interface LoadedModules {
  readonly metrics: readonly AnyMetric[];
  readonly exporters: readonly Exporter[];
  readonly config: TrainscopeConfig;
  /** To find them again. */
  readonly modules: RunModules;
}

/** Throws `BAD_CONFIG` or `BAD_PLUGIN` naming the module. */
export async function loadModules({ config, plugins, pictures }: RunModules): Promise<LoadedModules> {
  const loaded = config === null ? {} : await loadConfig(config);
  const fromPaths = await Promise.all(plugins.map(loadPlugin));
  const { metrics, exporters } = collectPlugins({
    // What draws them takes a while to load.
    exporters: pictures ? (await import("@trainscope/viz")).defaultExporters() : [],
    plugins: [
      { name: "config", metrics: loaded.metrics ?? [], exporters: loaded.exporters ?? [] },
      ...(loaded.plugins ?? []),
      ...fromPaths,
    ],
  });
  const modules = {
    config: config === null ? null : resolve(config),
    plugins: plugins.map((path) => resolve(path)),
    pictures,
  };
  return { metrics, exporters, config: loaded, modules };
}

/** Those of a run that is gone on with, where flags don't name others. */
export async function loadRecordedModules(
  { modules }: Pick<RunRecord, "modules">,
  flags: Pick<TrainFlags, "config" | "plugin" | "pictures">,
): Promise<LoadedModules> {
  return await loadModules({
    config: flags.config ?? modules.config,
    plugins: flags.plugin.length > 0 ? flags.plugin : modules.plugins,
    pictures: modules.pictures && flags.pictures,
  });
}
