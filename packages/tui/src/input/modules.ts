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
import { identifyModule, knowModule, type ModuleFile } from "./known-modules.ts";

const CONFIG_NAMES = ["trainscope.config.ts", "trainscope.config.js", "trainscope.config.mjs"];

/** The configuration in the working folder; `null` where there is none. */
export function findConfig(): string | null {
  return CONFIG_NAMES.find((name) => existsSync(name)) ?? null;
}

/** A path, and who has named it: the user, now, or a run, whose folder may be anybody's. */
export interface ModuleName {
  readonly path: string;
  readonly by: "user" | "run";
}

export interface LoadedModule<Value> {
  readonly value: Value;
  readonly file: ModuleFile;
}

/**
 * Throws `BAD_CONFIG` where it does not load or is not one, and where a run names it that no own run has used as it is
 * now; it isn't imported then.
 */
export async function loadConfig(name: ModuleName): Promise<LoadedModule<TrainscopeConfig>> {
  const { value, file } = await loadDefault(name, "BAD_CONFIG", "configuration");
  return { value: naming(name.path, () => defineConfig(value as TrainscopeConfig)), file };
}

/**
 * A plugin, a single metric or a single exporter, as a plugin. Throws `BAD_PLUGIN` where it is none of them, and where a
 * run names it that no own run has used as it is now; it isn't imported then.
 */
export async function loadPlugin(name: ModuleName): Promise<LoadedModule<Plugin>> {
  const loaded = await loadDefault(name, "BAD_PLUGIN", "plugin");
  const value = loaded.value as Record<string, unknown> | null;
  const plugin = ((): unknown => {
    if (typeof value?.update === "function") return { name: "plugin", metrics: [value] };
    if (typeof value?.connect === "function") return { name: "plugin", exporters: [value] };
    return value;
  })() as Plugin;
  naming(name.path, () => collectPlugins({ plugins: [plugin] }));
  return { value: plugin, file: loaded.file };
}

/** The only place that imports a module of the user's. */
async function loadDefault(
  { path, by }: ModuleName,
  code: ErrorCode,
  kind: Kind,
): Promise<LoadedModule<unknown>> {
  if (by === "run") await requireKnown(path, code, kind);
  const absolute = resolve(path);
  const isFile = statSync(absolute, { throwIfNoEntry: false })?.isFile();
  if (isFile !== true) {
    const found = isFile === undefined ? "does not exist" : "is no file";
    throw new TrainscopeError(code, `the ${kind} ${path} ${found}`, {
      hint: "Check the path; it is taken from the working folder.",
    });
  }
  let module: Record<string, unknown>;
  let file: ModuleFile;
  try {
    file = await identifyModule(absolute);
    module = await import(pathToFileURL(file.path).href);
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
  return { value: module.default, file };
}

type Kind = "configuration" | "plugin";

async function requireKnown(path: string, code: ErrorCode, kind: Kind): Promise<void> {
  const acquaintance = await knowModule(path);
  if (acquaintance === "known") return;
  const problem =
    acquaintance === "changed"
      ? "is not what your own runs have used: it has changed since"
      : "is none that your own runs have used";
  const flag = kind === "plugin" ? "--plugin" : "--config";
  throw new TrainscopeError(code, `the ${kind} ${path}, which the run names, ${problem}; it was not loaded`, {
    hint: `If you trust it, name it yourself: ${flag} ${path}`,
  });
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
