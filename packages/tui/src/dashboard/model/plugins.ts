// What is known of each plugin: how often its hooks were called, what they took, how it failed, what it wrote.

import type { HookTime, PluginErrorEvent } from "@trainscope/core/events";
import { visible } from "@trainscope/core/text";
import type { DashboardState, PluginStatus } from "./state.ts";

type Plugins = DashboardState["plugins"];

const UNKNOWN: PluginStatus = { hooks: [], failures: 0, disabled: false, lastError: undefined, artifacts: 0 };

/** The newest times of every hook take the place of those before. */
export function recordTimes(plugins: Plugins, hooks: readonly HookTime[]): Plugins {
  const next = new Map(plugins);
  for (const [name, ofPlugin] of Map.groupBy(hooks, ({ plugin }) => plugin)) {
    next.set(name, { ...(next.get(name) ?? UNKNOWN), hooks: ofPlugin });
  }
  return next;
}

export function recordFailure(
  plugins: Plugins,
  { plugin, hook, message, place, failures, disabled }: PluginErrorEvent,
): Plugins {
  return changed(plugins, plugin, {
    failures,
    disabled,
    lastError: visible(`${hook}: ${message}${place === undefined ? "" : ` (${place})`}`),
  });
}

export function countArtifact(plugins: Plugins, plugin: string): Plugins {
  return changed(plugins, plugin, { artifacts: (plugins.get(plugin)?.artifacts ?? 0) + 1 });
}

function changed(plugins: Plugins, plugin: string, change: Partial<PluginStatus>): Plugins {
  return new Map(plugins).set(plugin, { ...(plugins.get(plugin) ?? UNKNOWN), ...change });
}
