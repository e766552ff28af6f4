// Loads the user's own modules: trainscope.config.ts and plugins given by path.
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  collectPlugins,
  defineConfig,
  type ErrorCode,
  messageOf,
  type Plugin,
  type TrainscopeConfig,
  TrainscopeError,
} from "@trainscope/core";

const CONFIG_NAMES = ["trainscope.config.ts", "trainscope.config.js", "trainscope.config.mjs"];

/**
 * The configuration at `path`, or the one in the working folder; empty where there is none.
 * Throws `BAD_CONFIG` where it does not load or is not one.
 */
export async function loadConfig(path: string | undefined): Promise<TrainscopeConfig> {
  const chosen = path ?? CONFIG_NAMES.find((name) => existsSync(name));
  if (chosen === undefined) return {};
  const config = await loadDefault(chosen, "BAD_CONFIG", "configuration");
  return naming(chosen, () => defineConfig(config as TrainscopeConfig));
}

/** A plugin, a single metric or a single exporter, as a plugin. Throws `BAD_PLUGIN` where it is none of them. */
export async function loadPlugin(path: string): Promise<Plugin> {
  const value = (await loadDefault(path, "BAD_PLUGIN", "plugin")) as Record<string, unknown> | null;
  const plugin = ((): unknown => {
    if (typeof value?.update === "function") return { name: "plugin", metrics: [value] };
    if (typeof value?.connect === "function") return { name: "plugin", exporters: [value] };
    return value;
  })() as Plugin;
  naming(path, () => collectPlugins({ plugins: [plugin] }));
  return plugin;
}

async function loadDefault(path: string, code: ErrorCode, kind: string): Promise<unknown> {
  const absolute = resolve(path);
  if (!existsSync(absolute)) {
    throw new TrainscopeError(code, `the ${kind} ${path} does not exist`, {
      hint: "Check the path; it is taken from the working folder.",
    });
  }
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(absolute).href);
  } catch (error) {
    throw new TrainscopeError(code, `the ${kind} ${whereOf(error, path)} does not load: ${messageOf(error)}`, {
      hint: "Put that right and try again; --verbose shows the whole error.",
      cause: error,
    });
  }
  if (module.default === undefined) {
    throw new TrainscopeError(code, `the ${kind} ${path} has no default export`, {
      hint: `Export it with "export default".`,
    });
  }
  return module.default;
}

/** The file and line an error came from: the first such place in its stack, else the file that was asked for. */
function whereOf(error: unknown, path: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const [, url, line] = stack.match(/(file:\/\/[^\s:)]+):(\d+)/) ?? [];
  if (url === undefined) return path;
  return `${relative(process.cwd(), fileURLToPath(url))}, line ${line},`;
}

/** Says in which file a wrong value stands. */
function naming<Value>(path: string, body: () => Value): Value {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof TrainscopeError)) throw error;
    throw new TrainscopeError(error.code, `${path}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}
