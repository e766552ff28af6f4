// The folder of a report: `trials/` keeps what was trained, the rest is what is read.
import { readFile, rm } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { makeFolders, reasonOf, writeWhole } from "@trainscope/runs/files";

export interface ReportFolder {
  /** As the user typed it. */
  readonly path: string;
  /** Where trials are kept. */
  readonly trials: string;
  /** Writes a file whole or not at all and gives its path; `name` may hold folders, but may not lead outside. */
  write(name: string, content: Uint8Array | string): Promise<string>;
  /** Removes a file of an earlier report, where there is one. */
  remove(name: string): Promise<void>;
  /** Names of the files of the last report that was finished here; none where there was none. */
  lastFiles(): Promise<readonly string[]>;
  /** Keeps the names of a finished report's files, and removes those of the one before that it has no more. */
  finish(names: readonly string[]): Promise<void>;
}

/** In the folder of trials: the rest is for readers. */
const FILES = "trials/files.json";

/** Makes the folder. It and its `write` throw `OUTPUT_NOT_WRITABLE`. */
export async function createReportFolder(path: string): Promise<ReportFolder> {
  const trials = join(path, "trials");
  await attempt(path, () => makeFolders(resolve(trials)));

  function within(name: string): string {
    const target = join(path, name);
    if (resolve(target).startsWith(resolve(path) + sep)) return target;
    throw new RangeError(`the file name "${name}" leads outside the report's folder`);
  }

  async function write(name: string, content: Uint8Array | string): Promise<string> {
    const target = within(name);
    await attempt(target, async () => {
      await makeFolders(resolve(target, ".."));
      await writeWhole(target, content);
    });
    return target;
  }

  async function remove(name: string): Promise<void> {
    const target = within(name);
    await attempt(target, () => rm(target, { force: true }));
  }

  async function lastFiles(): Promise<readonly string[]> {
    try {
      const names: unknown = JSON.parse(await readFile(join(path, FILES), "utf8"));
      return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
    } catch {
      // Not there, or damaged: then nothing is known to be old.
      return [];
    }
  }

  async function finish(names: readonly string[]): Promise<void> {
    const kept = new Set(names);
    for (const name of await lastFiles()) if (!kept.has(name)) await remove(name);
    await write(FILES, JSON.stringify(names));
  }

  return { path, trials, write, remove, lastFiles, finish };
}

/** Says which file can't be written, and why. */
export async function attempt<Result>(path: string, body: () => Promise<Result>): Promise<Result> {
  try {
    return await body();
  } catch (cause) {
    const isFull = (cause as NodeJS.ErrnoException).code === "ENOSPC";
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write ${path}: ${reasonOf(cause)}`, {
      hint: isFull
        ? "Make room and give the same command again: what was trained is kept."
        : "Name a folder that you may write to with --out.",
      cause,
    });
  }
}
