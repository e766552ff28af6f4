// Loads the user's own modules: trainscope.config.ts and plugins given by path.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  collectPlugins,
  defineConfig,
  type ErrorCode,
  isTrainscopeError,
  messageOf,
  type Plugin,
  type TrainscopeConfig,
  TrainscopeError,
} from "@trainscope/core";

const CONFIG_NAMES = ["trainscope.config.ts", "trainscope.config.js", "trainscope.config.mjs"];

/** The configuration in the working folder; `null` where there is none. */
export function findConfig(): string | null {
  return CONFIG_NAMES.find((name) => existsSync(name)) ?? null;
}

/** Throws `BAD_CONFIG` where it does not load or is not one. */
export async function loadConfig(path: string): Promise<TrainscopeConfig> {
  const config = await loadDefault(path, "BAD_CONFIG", "configuration");
  return naming(path, () => defineConfig(config as TrainscopeConfig));
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
  const isFile = statSync(absolute, { throwIfNoEntry: false })?.isFile();
  if (isFile !== true) {
    const found = isFile === undefined ? "does not exist" : "is no file";
    throw new TrainscopeError(code, `the ${kind} ${path} ${found}`, {
      hint: "Check the path; it is taken from the working folder.",
    });
  }
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(absolute).href);
  } catch (error) {
    // A define function found a fault in what it was given: its words are the ones that help.
    if (isTrainscopeError(error)) throw within(path, error);
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

/** The file and line an error came from, where that can be told, else the file that was asked for. */
function whereOf(error: unknown, path: string): string {
  if (!(error instanceof Error)) return path;
  const place =
    placeIn(error.stack ?? "") ?? (error instanceof SyntaxError ? placeIn(checkSyntax(path)) : undefined);
  return place ?? path;
}

/** A syntax error stands above its stack as "/folder/file.ts:3", any other within it as "file:///folder/file.ts:3:1". */
function placeIn(text: string): string | undefined {
  const [, file, line] = text.match(/^(\/.+):(\d+)$/m) ?? text.match(/(file:\/\/[^\s:)]+):(\d+)/) ?? [];
  if (file === undefined) return undefined;
  const name = file.startsWith("file:") ? fileURLToPath(file) : file;
  return `${relative(process.cwd(), name)}, line ${line},`;
}

/** Node.js tells the line of a syntax error in JavaScript only when it checks a file by itself. */
function checkSyntax(path: string): string {
  return spawnSync(process.execPath, ["--check", resolve(path)], { encoding: "utf8" }).stderr;
}

/** Says in which file a wrong value stands. */
function naming<Value>(path: string, body: () => Value): Value {
  try {
    return body();
  } catch (error) {
    throw isTrainscopeError(error) ? within(path, error) : error;
  }
}

function within(path: string, error: TrainscopeError): TrainscopeError {
  return new TrainscopeError(error.code, `${path}: ${error.message}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  });
}
