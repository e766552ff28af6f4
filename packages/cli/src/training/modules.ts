// Metrics and exporters of a run: those that every run has, and those of the user's own modules.
import { resolve } from "node:path";
import type { AnyMetric, Exporter } from "@trainscope/core";
import { collectPlugins } from "@trainscope/core/plugins";
import type { RunModules, RunRecord } from "@trainscope/runs/record";
import type { TrainFlags } from "../flags/train-flags.ts";
import { type ModuleFile, rememberModules } from "../input/known-modules.ts";
import { loadConfig, type ResolvedConfig } from "../input/load-config.ts";
import type { ModuleName } from "../input/load-module.ts";
import { loadPlugin } from "../input/load-plugin.ts";
import { joinEntries } from "../input/plugin-entries.ts";
import { resolveModule } from "../input/resolve-module.ts";

export interface LoadedModules {
  readonly metrics: readonly AnyMetric[];
  readonly exporters: readonly Exporter[];
  readonly config: Partial<ResolvedConfig>;
  /** To find them again. */
  readonly modules: RunModules;
  /** Those that were imported, the configuration first. */
  readonly files: readonly ModuleFile[];
  /** What is to be said of them to the user. */
  readonly notices: readonly string[];
}

export type ModuleFlags = Pick<TrainFlags, "config" | "plugin" | "metrics">;

/** The modules that a run's command has named, for its fork to have them, too. */
export function moduleFlags({ config, plugin, metrics }: ModuleFlags): ModuleFlags {
  return { plugin, metrics, ...(config === undefined ? {} : { config }) };
}

/**
 * Those that the user names. Throws `BAD_CONFIG` or `BAD_PLUGIN` naming the module, `BAD_OPTION` for a metric that there
 * isn't.
 */
export async function loadModules({ config, plugins, ...own }: RunModules): Promise<LoadedModules> {
  return await load(config === null ? null : namedConfig(config), plugins.map(namedPlugin), own);
}

/**
 * Those of a stored run, where flags don't name others. Throws `BAD_CONFIG` or `BAD_PLUGIN` naming the module, also where
 * the run names one that no own run has used as it is now.
 */
export async function loadRecordedModules(
  { modules }: Pick<RunRecord, "modules">,
  flags: ModuleFlags & Pick<TrainFlags, "pictures">,
): Promise<LoadedModules> {
  const own = modules.config === null ? null : byRun(modules.config);
  const config = flags.config === undefined ? own : namedConfig(flags.config);
  const plugins = flags.plugin.length > 0 ? flags.plugin.map(namedPlugin) : modules.plugins.map(byRun);
  const metrics = flags.metrics.length > 0 ? flags.metrics : modules.metrics;
  return await load(config, plugins, { metrics, pictures: modules.pictures && flags.pictures });
}

/**
 * Records that a run of this user's uses the modules, so that whatever goes on with it or shows it may load them again.
 * Gives what is to be said to the user.
 */
export async function recordModules({ files, notices }: LoadedModules): Promise<readonly string[]> {
  const lacking = await rememberModules(files);
  if (lacking === undefined) return notices;
  const what = "it can't be recorded that this run uses your modules";
  return [
    ...notices,
    `${what}: ${lacking}; to go on with it, or to show it, name them again with --plugin or --config`,
  ];
}

function namedConfig(name: string): ModuleName {
  return { path: resolveModule("configuration", name, process.cwd()), by: "user" };
}

function namedPlugin(name: string): ModuleName {
  return { path: resolveModule("plugin", name, process.cwd()), by: "user" };
}

function byRun(path: string): ModuleName {
  return { path, by: "run" };
}

async function load(
  config: ModuleName | null,
  plugins: readonly ModuleName[],
  { metrics: names, pictures }: Pick<RunModules, "metrics" | "pictures">,
): Promise<LoadedModules> {
  const ofCatalogue = await loadCatalogue(names);
  const loaded = config === null ? undefined : await loadConfig(config);
  const fromPaths = await Promise.all(plugins.map((name) => loadPlugin(name)));
  const own: Partial<ResolvedConfig> = loaded?.value ?? {};
  const pictured = pictures ? await loadPictures() : { exporters: [], notices: [] };
  const { metrics, exporters } = collectPlugins({
    exporters: pictured.exporters,
    plugins: [
      { name: "config", metrics: own.metrics ?? [], exporters: own.exporters ?? [] },
      ...joinEntries(own.plugins ?? [], fromPaths).map(({ value }) => value),
      { name: "catalogue", metrics: ofCatalogue },
    ],
  });
  const modules = {
    config: config === null ? null : resolve(config.path),
    plugins: plugins.map(({ path }) => resolve(path)),
    metrics: names,
    pictures,
  };
  const files = [...(loaded?.files ?? []), ...fromPaths.map(({ file }) => file)];
  return { metrics, exporters, config: own, modules, files, notices: pictured.notices };
}

/** What draws them takes a while to load. */
async function loadPictures() {
  const [{ defaultExporters }, { pngNotice }] = await Promise.all([
    import("@trainscope/viz"),
    import("../output/png-notice.ts"),
  ]);
  const notice = pngNotice();
  return { exporters: defaultExporters(), notices: notice === undefined ? [] : [notice] };
}

/** Loaded only where one is asked for; `all` is every metric in its usual form. */
async function loadCatalogue(names: readonly string[]): Promise<readonly AnyMetric[]> {
  if (names.length === 0) return [];
  const { catalogue, metricNamed } = await import("@trainscope/metrics");
  const metrics = names.flatMap((name) => (name === "all" ? catalogue() : [metricNamed(name)]));
  return [...new Map(metrics.map((metric) => [metric.name, metric])).values()];
}
