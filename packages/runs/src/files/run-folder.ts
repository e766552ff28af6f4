// The folder of a run, and writing into it whole or not at all.
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, mkdir, open, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { makeFolders } from "./make-folders.ts";

const ARTIFACTS = "artifacts";

/** Of a run's folder: where its checkpoints are. */
export const CHECKPOINTS_FOLDER = "checkpoints";

/** Where a run's files go. */
export interface RunFolder {
  /** As the user would type it. */
  readonly path: string;
  /** Writes `artifacts/<name>` and gives its path. `name` may hold folders, but may not lead outside. */
  write(name: string, content: Uint8Array | string): Promise<string>;
  /** Adds to the end of `artifacts/<name>`, all of the text or nothing, and gives its path. */
  append(name: string, text: string): Promise<string>;
  /** Writes `checkpoints/<name>` and gives its path. */
  writeCheckpoint(name: string, content: Uint8Array): Promise<string>;
  /**
   * Waits for writes that have begun and refuses new ones, then removes the folders it made where nothing was
   * written to them. Tells whether anything is left.
   */
  close(): Promise<boolean>;
}

/**
 * Makes `<out>/<id>`, with the first id that no other run has: of two processes that chose one at once, one makes its
 * folder. Throws `OUTPUT_NOT_WRITABLE` where it can't, and leaves nothing behind then.
 */
export async function createRunFolder(out: string, chooseId: () => string): Promise<RunFolder> {
  let path = out;
  try {
    let made = await makeFolders(resolve(out));
    for (let tried = 1; ; tried++) {
      path = join(out, chooseId());
      if (await isMade(path, tried < MOST_TRIED)) break;
    }
    made ??= resolve(path);
    await mkdir(join(path, ARTIFACTS));
    return folderAt(path, made);
  } catch (error) {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't make the folder ${path}: ${reasonOf(error)}`, {
      hint: "Name a folder that you may write to with --out.",
      cause: error,
    });
  }
}

/** Ids; one has 26^4 endings for each second. */
const MOST_TRIED = 100;

/** `false` where there is one already, and another may be tried. */
async function isMade(path: string, mayTryAnother: boolean): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" && mayTryAnother) return false;
    throw error;
  }
}

/** That of a run that goes on. Removes what a process that died left half-written. */
export async function openRunFolder(path: string): Promise<RunFolder> {
  for (const folder of ["", ARTIFACTS, CHECKPOINTS_FOLDER, "sessions"].map((part) => join(path, part))) {
    const names = await readdir(folder).catch(() => []);
    const halves = names.filter((name) => TEMPORARY.test(name));
    await Promise.all(halves.map((name) => rm(join(folder, name), { force: true }).catch(() => {})));
  }
  return folderAt(path, undefined);
}

/** `made`: the first of the folders that had to be made, if any had. */
function folderAt(path: string, made: string | undefined): RunFolder {
  const artifacts = join(path, ARTIFACTS);
  const checkpoints = join(path, CHECKPOINTS_FOLDER);
  const writing = new Set<Promise<void>>();
  let isClosed = false;

  function requireInside(name: string): void {
    if (join(artifacts, name).startsWith(artifacts + sep)) return;
    throw new RangeError(`the file name "${name}" leads outside the run's folder`);
  }

  async function write(name: string, content: Uint8Array | string): Promise<string> {
    requireInside(name);
    return await putInto(artifacts, name, (path) => writeWhole(path, content));
  }

  async function append(name: string, text: string): Promise<string> {
    requireInside(name);
    return await putInto(artifacts, name, (path) => appendWhole(path, text));
  }

  async function writeCheckpoint(name: string, content: Uint8Array): Promise<string> {
    try {
      return await putInto(checkpoints, name, (path) => writeWhole(path, content));
    } catch (error) {
      throw new Error(`can't write ${join(checkpoints, name)}: ${reasonOf(error)}`, { cause: error });
    }
  }

  async function putInto(folder: string, name: string, put: (path: string) => Promise<void>): Promise<string> {
    const target = join(folder, name);
    if (isClosed) throw new Error(`the run is over: ${name} is not written`);
    const written = makeFolders(dirname(resolve(target))).then(() => put(target));
    writing.add(written);
    await written.finally(() => writing.delete(written));
    return target;
  }

  async function close(): Promise<boolean> {
    isClosed = true;
    await Promise.allSettled(writing);
    // Left empty by a write that failed.
    if (made !== undefined) await rmdir(checkpoints).catch(() => {});
    // rmdir refuses a folder that holds something, which is what is wanted. What was there before stays.
    for (
      let folder = resolve(artifacts);
      made !== undefined && folder.startsWith(made);
      folder = dirname(folder)
    ) {
      try {
        await rmdir(folder);
      } catch {
        return true;
      }
    }
    return made === undefined;
  }

  return { path, write, append, writeCheckpoint, close };
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a file of that name is in the way",
  EISDIR: "it is a folder",
  ELOOP: "it is a symbolic link",
  ENXIO: "it is no file",
};

/** What the system refused with, in words. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return (code !== undefined && REASONS[code]) || messageOf(error);
}

/** What a file is to hold, at once or in pieces. */
type Content = Uint8Array | string | Iterable<Uint8Array | string> | AsyncIterable<string>;

/** Writes a file the user named. Throws `OUTPUT_NOT_WRITABLE` where it can't, and what the content's pieces throw. */
export async function writeNamed(path: string, content: Content, flag: string): Promise<void> {
  try {
    await writeWhole(path, content);
  } catch (error) {
    if (error instanceof TrainscopeError) throw error;
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write ${path}: ${reasonOf(error)}`, {
      hint: `Name a file that you may write to with ${flag}.`,
      cause: error,
    });
  }
}

/** Makes a folder the user named, and those above it. Throws `OUTPUT_NOT_WRITABLE` where it can't. */
export async function makeNamedFolder(path: string, flag: string): Promise<void> {
  try {
    await makeFolders(resolve(path));
  } catch (error) {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't make the folder ${path}: ${reasonOf(error)}`, {
      hint: `Name a folder that you may write to with ${flag}.`,
      cause: error,
    });
  }
}

/** What a file is called until it is whole. */
const TEMPORARY = /\.[0-9a-f]{8}\.tmp$/;

/** A reader sees the old file or the new one: written beside it under another name, flushed, then renamed. */
export async function writeWhole(path: string, content: Content): Promise<void> {
  const temporary = await writeTemporary(path, content);
  await rename(temporary, path).catch(async (error: unknown) => {
    await rm(temporary, { force: true });
    throw error;
  });
}

/** For adding to the end, through no link: one could lead anywhere. Windows has no such flag. */
const APPENDING = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** What went there in part, of a full disk, is cut off again. */
async function appendWhole(path: string, text: string): Promise<void> {
  const file = await open(path, APPENDING);
  try {
    const { size } = await file.stat();
    await file.writeFile(text).catch(async (error: unknown) => {
      await file.truncate(size);
      throw error;
    });
  } finally {
    await file.close();
  }
}

/**
 * Makes a file that nobody sees before it is whole; `false`, and nothing is made, where there is one of that name. Of
 * several processes at once one makes it.
 */
export async function createWhole(path: string, content: Uint8Array | string): Promise<boolean> {
  const temporary = await writeTemporary(path, content);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === undefined || !WITHOUT_LINKS.includes(code)) throw error;
    return await createAtOnce(path, content);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** What file systems say that have no hard links, such as exFAT. */
const WITHOUT_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** Whoever looks at it in the moment before it is whole takes it for one whose writer was killed. */
async function createAtOnce(path: string, content: Uint8Array | string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    await rm(path, { force: true });
    throw error;
  }
}

/** Gives its path. */
async function writeTemporary(path: string, content: Content): Promise<string> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    return temporary;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
