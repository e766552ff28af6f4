// Imports a module of the user's, and says in its own file and line what is wrong with it.
import { spawnSync } from "node:child_process";
import { lstatSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ErrorCode, isTrainscopeError, messageOf, TrainscopeError } from "@trainscope/core/errors";
import { reasonOf } from "@trainscope/runs/files";
import { identifyModule, knowModule, type ModuleFile } from "./known-modules.ts";

/** A path, and who has named it: the user, now, or a run, whose folder may be anybody's. */
export interface ModuleName {
  readonly path: string;
  readonly by: "user" | "run";
  /** The configuration that names it, where one does: what the run or the user has named. */
  readonly within?: string;
}

export interface LoadedModule<Value> {
  readonly value: Value;
  readonly file: ModuleFile;
}

/** The only place that imports a module of the user's. */
export async function loadDefault(
  name: ModuleName,
  code: ErrorCode,
  kind: Kind,
): Promise<LoadedModule<unknown>> {
  const { path } = name;
  if (name.by === "run") await requireKnown(name, code, kind);
  const absolute = resolve(path);
  const lacking = whyNoFile(absolute);
  if (lacking !== undefined) {
    throw new TrainscopeError(code, `the ${kind} ${path} ${lacking}`, {
      hint:
        name.within === undefined
          ? "Check the path; it is taken from the working folder."
          : `Check the path in ${name.within}, or in what it extends; it is taken from that file's folder.`,
    });
  }
  let module: Record<string, unknown>;
  let file: ModuleFile;
  try {
    file = await identifyModule(absolute);
    module = await importModule(file.path);
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

/** As a clause; `undefined` where it is a file. */
function whyNoFile(path: string): string | undefined {
  try {
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return isLink ? "is a link that leads nowhere" : "does not exist";
    return found.isFile() ? undefined : "is no file";
  } catch (error) {
    // Links that lead to each other, and a folder that mustn't be passed through.
    return `can't be read: ${reasonOf(error)}`;
  }
}

async function importModule(path: string): Promise<Record<string, unknown>> {
  if (extname(path) === ".json") return { default: JSON.parse(await readFile(path, "utf8")) };
  return await import(pathToFileURL(path).href);
}

type Kind = "configuration" | "plugin";

async function requireKnown({ path, within }: ModuleName, code: ErrorCode, kind: Kind): Promise<void> {
  const acquaintance = await knowModule(path);
  if (acquaintance === "known") return;
  const problem =
    acquaintance === "changed"
      ? "is not what your own runs have used: it has changed since"
      : "is none that your own runs have used";
  const namer = within === undefined ? "the run" : "the run's configuration";
  const flag = kind === "plugin" && within === undefined ? "--plugin" : "--config";
  throw new TrainscopeError(code, `the ${kind} ${path}, which ${namer} names, ${problem}; it was not loaded`, {
    hint: `If you trust it, name ${within === undefined ? "it" : "that"} yourself: ${flag} ${within ?? path}`,
  });
}

/** The file and line an error came from, where that can be told, else the file that was asked for. */
export function whereOf(error: unknown, path: string): string {
  // No code stands in JSON: the stack leads to who reads it.
  if (!(error instanceof Error) || extname(path) === ".json") return path;
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
export function naming<Value>(path: string, body: () => Value): Value {
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
