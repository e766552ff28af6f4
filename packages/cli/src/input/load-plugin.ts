// Loads a plugin's module: what it exports, or what the function that it exports makes of options.
import type { Plugin } from "@trainscope/core";
import { isTrainscopeError, messageOf, TrainscopeError } from "@trainscope/core/errors";
import { collectPlugins, flattenPlugins } from "@trainscope/core/plugins";
import { type LoadedModule, loadDefault, type ModuleName, naming, whereOf } from "./load-module.ts";

/**
 * A module gives a plugin, a metric or an exporter, a list of these, or a function that makes any of them of the options.
 * Throws `BAD_PLUGIN` where it is none of them, and where a run names it that no own run has used as it is now; it isn't
 * imported then.
 */
export async function loadPlugin(name: ModuleName, options?: object): Promise<LoadedModule<readonly Plugin[]>> {
  const { value, file } = await loadDefault(name, "BAD_PLUGIN", "plugin");
  const made = naming(name.path, () => make(value, options, name.path));
  const plugins = flattenPlugins<Plugin>(made as Plugin).map(asPlugin);
  naming(name.path, () => collectPlugins({ plugins }));
  return { value: plugins, file };
}

function make(exported: unknown, options: object | undefined, path: string): unknown {
  if (typeof exported !== "function") {
    if (options === undefined) return exported;
    throw new TrainscopeError("BAD_PLUGIN", "it takes no options: its default export is no function", {
      hint: "Name it without options, or export a function of them.",
    });
  }
  try {
    return exported(options);
  } catch (error) {
    if (isTrainscopeError(error)) throw error;
    const message = `the function that it exports has thrown, ${whereOf(error, path)} ${messageOf(error)}`;
    throw new TrainscopeError("BAD_PLUGIN", message, { cause: error });
  }
}

const EXPORTER_HOOKS = ["connect", "onEpoch", "onExamination", "onEnd"];

/** A metric or an exporter by itself is a plugin of one. */
function asPlugin(value: Plugin): Plugin {
  const fields = Object(value) as Record<string, unknown>;
  const has = (hook: string): boolean => typeof fields[hook] === "function";
  if (has("update")) return { name: "plugin", metrics: [value as never] };
  if (EXPORTER_HOOKS.some(has)) return { name: "plugin", exporters: [value as never] };
  return value;
}
