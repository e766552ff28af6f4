// Which modules this user's own runs have used. What a run folder names may be anybody's, so nothing is imported because
// a run names it: its real path and the SHA-256 of its content must be recorded here, in the user's state folder
// (XDG Base Directory Specification). A record is a file that is named after both, so two processes never write to one.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { homeDirectory } from "@trainscope/data-cifar";
import { makeFolders, reasonOf, writeWhole } from "@trainscope/runs/files";

export interface ModuleFile {
  /** Absolute, with all links resolved. */
  readonly path: string;
  /** The hash of the file's content, in hexadecimal. */
  readonly sha256: string;
}

/** "changed": this user's runs have used the file, but with another content. */
export type ModuleTrust = "known" | "changed" | "unknown";

type Environment = Readonly<Record<string, string | undefined>>;

/** Rejects with what the system does where it can't be read. */
export async function identifyModule(path: string): Promise<ModuleFile> {
  const real = await realpath(resolve(path));
  return { path: real, sha256: sha256(await readFile(real)) };
}

/** Records modules that the user has named for a run. Gives why that can't be done, as a clause, where it can't. */
export async function rememberModules(
  modules: readonly ModuleFile[],
  environment: Environment = process.env,
): Promise<string | undefined> {
  if (modules.length === 0) return undefined;
  const folder = recordsFolder(environment);
  if (folder === undefined) return NO_STATE_FOLDER;
  try {
    await makeFolders(folder);
    for (const module of modules) {
      await writeWhole(join(folder, recordName(module)), `${JSON.stringify({ v: 1, ...module })}\n`);
    }
    return undefined;
  } catch (error) {
    return `can't write into ${folder}: ${reasonOf(error)}`;
  }
}

/** The file is read only where its path is one that is recorded. Where no record can be read, all is unknown. */
export async function knowModule(path: string, environment: Environment = process.env): Promise<ModuleTrust> {
  const folder = recordsFolder(environment);
  if (folder === undefined) return "unknown";
  const names = await readdir(folder).catch((): string[] => []);
  // A file that is gone has no links to resolve.
  const real = await realpath(resolve(path)).catch(() => resolve(path));
  if (!names.some((name) => name.startsWith(pathKey(real)))) return "unknown";
  const module = await identifyModule(real).catch(() => undefined);
  return module !== undefined && names.includes(recordName(module)) ? "known" : "changed";
}

const NO_STATE_FOLDER = "there is no folder for a user's state (neither HOME nor XDG_STATE_HOME is set)";

/** `undefined` where the system doesn't tell of one, as without HOME for a user without an account. */
function recordsFolder(environment: Environment): string | undefined {
  const state = process.platform === "win32" ? environment.LOCALAPPDATA : stateHome(environment);
  // The specification has relative paths passed over.
  return state === undefined || !isAbsolute(state) ? undefined : join(state, "trainscope", "modules");
}

function stateHome({ XDG_STATE_HOME, HOME }: Environment): string | undefined {
  if (XDG_STATE_HOME !== undefined && isAbsolute(XDG_STATE_HOME)) return XDG_STATE_HOME;
  const home = HOME ?? homeDirectory();
  return home === undefined ? undefined : join(home, ".local", "state");
}

function recordName(module: ModuleFile): string {
  return `${pathKey(module.path)}${module.sha256}.json`;
}

function pathKey(path: string): string {
  return `${sha256(path)}-`;
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
