// The folder of a report: `trials/` keeps what was trained, the rest is what is read.
import { join, resolve, sep } from "node:path";
import { TrainscopeError } from "@trainscope/core";
import { makeFolders } from "@trainscope/data-cifar";
import { reasonOf, writeWhole } from "../run-folder.ts";

export interface ReportFolder {
  /** As the user typed it. */
  readonly path: string;
  /** Where trials are kept. */
  readonly trials: string;
  /** Writes a file whole or not at all and gives its path; `name` may hold folders, but may not lead outside. */
  write(name: string, content: Uint8Array | string): Promise<string>;
}

/** Makes the folder. It and its `write` throw `OUTPUT_NOT_WRITABLE`. */
export async function createReportFolder(path: string): Promise<ReportFolder> {
  const trials = join(path, "trials");
  await attempt(path, () => makeFolders(resolve(trials)));
  return {
    path,
    trials,
    async write(name, content) {
      const target = join(path, name);
      if (!resolve(target).startsWith(resolve(path) + sep)) {
        throw new RangeError(`the file name "${name}" leads outside the report's folder`);
      }
      await attempt(target, async () => {
        await makeFolders(resolve(target, ".."));
        await writeWhole(target, content);
      });
      return target;
    },
  };
}

/** Says which file can't be written, and why. */
export async function attempt<Result>(path: string, body: () => Promise<Result>): Promise<Result> {
  try {
    return await body();
  } catch (cause) {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write ${path}: ${reasonOf(cause)}`, {
      hint: "Name a folder that you may write to with --out.",
      cause,
    });
  }
}
