// The folder of a run, and writing into it whole or not at all.
import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core";

export interface RunFolder {
  /** As the user would type it. */
  readonly path: string;
  /** Writes `artifacts/<name>` and gives its path. `name` may hold folders, but may not lead outside. */
  write(name: string, content: Uint8Array | string): Promise<string>;
  /** Removes what was made of folders where nothing was written to them; tells whether anything is left. */
  removeIfEmpty(): Promise<boolean>;
}

/** Makes `<out>/<runId>`. Throws `OUTPUT_NOT_WRITABLE` where it can't, and leaves nothing behind then. */
export async function createRunFolder(out: string, runId: string): Promise<RunFolder> {
  const path = join(out, runId);
  const artifacts = join(path, "artifacts");
  let made: string | undefined;
  try {
    made = await mkdir(artifacts, { recursive: true });
  } catch (error) {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't make the folder ${path}: ${messageOf(error)}`, {
      hint: "Name a folder that you may write to with --out.",
      cause: error,
    });
  }
  return {
    path,
    async write(name, content) {
      const target = join(artifacts, name);
      if (!target.startsWith(artifacts + sep)) {
        throw new RangeError(`the file name "${name}" leads outside the run's folder`);
      }
      await mkdir(dirname(target), { recursive: true });
      await writeWhole(target, content);
      return target;
    },
    async removeIfEmpty() {
      // rmdir refuses a folder that holds something, which is what is wanted. What was there before stays.
      const first = made === undefined ? undefined : resolve(made);
      for (
        let folder = resolve(artifacts);
        first !== undefined && folder.startsWith(first);
        folder = dirname(folder)
      ) {
        try {
          await rmdir(folder);
        } catch {
          return true;
        }
      }
      return false;
    },
  };
}

/** Writes a file the user named. Throws `OUTPUT_NOT_WRITABLE` where it can't. */
export async function writeNamed(path: string, content: Uint8Array | string, flag: string): Promise<void> {
  try {
    await writeWhole(path, content);
  } catch (error) {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write ${path}: ${messageOf(error)}`, {
      hint: `Name a file that you may write to with ${flag}.`,
      cause: error,
    });
  }
}

/** A reader sees the old file or the new one: written beside it under another name, flushed, then renamed. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
