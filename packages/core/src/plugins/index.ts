// What programs need that load plugins from a configuration.
export { DEFAULT_LIMITS, type PluginLimits } from "../guard/limits.ts";
export type { KnownMonitor, TagOf } from "./metric-tags.ts";
export { collectPlugins, type TrainscopeConfig } from "./plugin.ts";
export {
  type ConfigPluginEntry,
  flattenPlugins,
  type NamedPlugin,
  type Plugin,
  type PluginEntry,
} from "./plugin-entry.ts";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts";
export { SWEEP_OBJECTIVES, SWEEP_STRATEGIES, type SweepConfig } from "./sweep-config.ts";
