// Where CIFAR-10 is looked for: the folder that was asked for, then the one in the environment, then the cache.
import { readdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { homeDirectory } from "./home.ts";
import { ARCHIVE_FILE, ARCHIVE_PAGE, BATCH_FILES, LAYOUT_FILES, LAYOUT_FOLDER } from "./layout.ts";

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where `findCifar10` looks. */
export interface FindOptions {
  readonly directory?: string | undefined;
  /** Who named `directory`, for messages: a flag, a field of a configuration. */
  readonly origin?: string | undefined;
  /** `process.env` if left out; `CIFAR10_DIR` and `XDG_CACHE_HOME` are read. */
  readonly environment?: Environment;
  /** The home folder, if not the user's own. */
  readonly home?: string;
}

/** A folder with CIFAR-10, and who named it. */
export interface FoundCifar10 {
  /** The folder that holds the files themselves: what `loadCifar10` takes. */
  readonly directory: string;
  readonly source: "option" | "environment" | "cache";
}

/** A path that was named, or the cache folder's CIFAR-10. */
export interface FoundData {
  /** Absolute. */
  readonly path: string;
  readonly source: FoundCifar10["source"];
  /** Who named it. */
  readonly origin?: string | undefined;
  /** Whether all files of CIFAR-10's binary version are there: what `loadCifar10Study` and `identifyCifar10` take. */
  readonly isBinaryCifar10: boolean;
}

/**
 * Where data is, for `loadData`: the first of `directory`, `CIFAR10_DIR` and the cache folder that is named. What is there is
 * found out on loading; only the cache folder is looked into, and may be missing: `undefined`.
 *
 * Throws `DATA_NOT_FOUND` where a folder with files of CIFAR-10's binary version lacks some.
 */
export async function findData(options: FindOptions = {}): Promise<FoundData | undefined> {
  requireArgument("findData", "options", options, "an object");
  const environment = options.environment ?? process.env;
  if (options.directory !== undefined) {
    return { ...(await inPlace(options.directory, options.origin)), source: "option" };
  }
  const named = environment.CIFAR10_DIR;
  if (named) return { ...(await inPlace(named, "CIFAR10_DIR")), source: "environment" };
  const cache = cacheDirectory(environment, options.home);
  const { complete } = cache === undefined ? {} : await inspect(cache);
  return complete === undefined ? undefined : { path: complete, source: "cache", isBinaryCifar10: true };
}

/** The folder with the files themselves, where it is the binary version. */
async function inPlace(path: string, origin: string | undefined): Promise<Omit<FoundData, "source">> {
  const isBinaryCifar10 = path === "" || (await isPartOfLayout(path));
  return { path: isBinaryCifar10 ? await locate(path, origin) : resolve(path), origin, isBinaryCifar10 };
}

/**
 * As `findData`, for `loadCifar10`: a folder counts if it, or its subfolder `cifar-10-batches-bin`, has every file of the
 * binary version; sizes are checked on loading.
 *
 * A folder that is named and doesn't count throws `DATA_NOT_FOUND`. The cache folder may be missing: `undefined`.
 */
export async function findCifar10(options: FindOptions = {}): Promise<FoundCifar10 | undefined> {
  requireArgument("findCifar10", "options", options, "an object");
  const found = await findData(options);
  return found && { directory: await locate(found.path, found.origin), source: found.source };
}

/**
 * `$XDG_CACHE_HOME/trainscope`, or `~/.cache/trainscope`; `undefined` for a user without a home folder. A relative
 * `XDG_CACHE_HOME` is invalid and ignored, as the XDG Base Directory Specification (0.8) says.
 */
export function cacheDirectory(
  environment: Environment = process.env,
  home: string | undefined = homeDirectory(),
): string | undefined {
  requireArgument("cacheDirectory", "environment", environment, "an object");
  const named = environment.XDG_CACHE_HOME;
  const base = named && isAbsolute(named) ? named : home && join(home, ".cache");
  return base && join(base, "trainscope");
}

/** The folder with the files: `directory` or its subfolder. Throws `DATA_NOT_FOUND`, naming `origin`, who named it. */
export async function locate(directory: string, origin?: string): Promise<string> {
  const look = await inspect(directory);
  if (look.complete !== undefined) return look.complete;
  const from = origin === undefined ? "" : ` (from ${origin})`;
  const expected = `expected the binary version of CIFAR-10: ${BATCH_FILES.join(", ")} and batches.meta.txt`;
  throw new TrainscopeError("DATA_NOT_FOUND", `${directory || '""'}${from} ${look.problem}; ${expected}`, {
    hint: look.hint ?? `Get it from ${ARCHIVE_PAGE}, or name a folder that holds it.`,
    cause: look.cause,
  });
}

interface Look {
  readonly complete?: string;
  readonly problem?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

async function inspect(directory: string): Promise<Look> {
  const here = directory === "" ? { problem: "is an empty path" } : await listing(resolve(directory));
  if (here.names === undefined) return here;
  if (lacking(here.names).length === 0) return { complete: resolve(directory) };
  if (here.names.includes(LAYOUT_FOLDER)) {
    const inner = join(resolve(directory), LAYOUT_FOLDER);
    const inside = await listing(inner);
    const missing = lacking(inside.names ?? []);
    if (missing.length === 0) return { complete: inner };
    const problem =
      inside.names === undefined
        ? inside.problem
        : describe(inside.names, missing, `its subfolder ${LAYOUT_FOLDER} `);
    return { ...inside, problem: problem ?? "" };
  }
  return otherVersion(here.names) ?? { problem: describe(here.names, lacking(here.names)) };
}

interface Listing {
  readonly names?: readonly string[];
  readonly problem?: string;
  readonly cause?: unknown;
}

async function listing(path: string): Promise<Listing> {
  try {
    return { names: (await readdir(path)).sort() };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT") return { problem: "does not exist", cause };
    if (code === "ENOTDIR") return { problem: "is not a folder", cause };
    return { problem: `can't be read (${String(code ?? cause)})`, cause };
  }
}

const lacking = (names: readonly string[]) => LAYOUT_FILES.filter((file) => !names.includes(file));

function describe(names: readonly string[], missing: readonly string[], where = ""): string {
  if (names.length === 0) return `${where}is empty`.trim();
  if (missing.length < LAYOUT_FILES.length) return `${where}lacks ${missing.join(", ")}`;
  const shown = names.slice(0, 5).join(", ");
  return `${where}holds ${shown}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
}

/** Near misses that are worth a message of their own. */
function otherVersion(names: readonly string[]): Look | undefined {
  if (!names.includes(ARCHIVE_FILE)) return undefined;
  return {
    problem: `holds the archive ${ARCHIVE_FILE}, not unpacked`,
    hint: `Unpack it: \`tar -xzf ${ARCHIVE_FILE}\`.`,
  };
}

/**
 * Whether a folder, or its subfolder of the layout, holds files of CIFAR-10's binary version: all, or some of them. An empty
 * one is to be filled with these.
 */
export async function isPartOfLayout(directory: string): Promise<boolean> {
  if (directory === "") return false;
  const { names } = await listing(resolve(directory));
  if (names === undefined) return false;
  return (
    names.length === 0 || names.includes(LAYOUT_FOLDER) || LAYOUT_FILES.some((file) => names.includes(file))
  );
}
