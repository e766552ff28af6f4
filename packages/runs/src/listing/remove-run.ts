// Removes a run's folder, so that it is either in the list, whole, or no longer there.
import { randomBytes } from "node:crypto";
import { lstat, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { reasonOf } from "../files/run-folder.ts";
import { kindOfPart } from "../files/run-parts.ts";
import { type Liveness, readLiveness, timeOf } from "../sessions/session.ts";
import { isRunFolder } from "./find-run.ts";

/** Removed runs are called so while their files go; one that is left of a removal that broke off goes with the next. */
const HIDDEN = ".removed-";
const REMOVED = /^\.removed-.+-[0-9a-f]{8}$/;

/** Whether it is a part of a run, or what a file manager leaves beside them. */
function isOwn(name: string): boolean {
  return kindOfPart(name) !== undefined || name === ".DS_Store";
}

/**
 * Throws `BAD_OPTION` for a run that a process is training, and for a folder with anything in it that is none of a
 * run's: it may be the user's own.
 */
export async function checkRemovable(folder: string): Promise<void> {
  requireArgument("checkRemovable", "folder", folder, "a text");
  if (!(await isRunFolder(folder))) throw refused(folder, "it is no run's folder");
  const liveness = await readLiveness(folder, await timeOf(folder));
  if (isTrained(liveness))
    throw refused(folder, trainedBy(liveness), "Stop it first, or wait until it has ended.");
  const foreign = (await readdir(folder)).filter((name) => !isOwn(name));
  if (foreign.length > 0) {
    const names = foreign.slice(0, 3).join(", ") + (foreign.length > 3 ? ", ..." : "");
    throw refused(folder, `it has files that are none of a run's: ${names}`, "Move them away first.");
  }
}

/** Throws as `checkRemovable` does, and `OUTPUT_NOT_WRITABLE` where the system refuses. */
export async function removeRun(folder: string): Promise<void> {
  requireArgument("removeRun", "folder", folder, "a text");
  await checkRemovable(folder);
  const path = resolve(folder);
  const hidden = join(dirname(path), `${HIDDEN}${basename(path)}-${randomBytes(4).toString("hex")}`);
  try {
    await rename(path, hidden);
  } catch (error) {
    throw notRemoved(folder, error);
  }
  // A process may have begun to train it since it was looked at.
  const liveness = await readLiveness(hidden, await timeOf(hidden));
  if (isTrained(liveness)) {
    await rename(hidden, path);
    throw refused(folder, trainedBy(liveness));
  }
  await rm(hidden, { recursive: true, force: true }).catch((error: unknown) => {
    throw notRemoved(folder, error, ` What is left of it is ${hidden}.`);
  });
}

/** Removes what is left of earlier removals, where that can be done. */
export async function sweepRemoved(out: string): Promise<void> {
  const names = await readdir(out).catch((): string[] => []);
  for (const path of names.filter((name) => REMOVED.test(name)).map((name) => join(out, name))) {
    if (await isLeftOfRun(path)) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** A folder of that name with anything in it that is none of a run's is not one that `removeRun` has left. */
async function isLeftOfRun(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory() && (await readdir(path)).every(isOwn);
  } catch {
    return false;
  }
}

function isTrained({ processState }: Liveness): boolean {
  return processState === "alive" || processState === "silent";
}

function trainedBy({ pid, host }: Liveness): string {
  return pid === undefined ? "a process trains it" : `process ${pid} on ${host} trains it`;
}

function refused(folder: string, reason: string, hint?: string): TrainscopeError {
  const details = hint === undefined ? {} : { hint };
  return new TrainscopeError("BAD_OPTION", `${folder} is not removed: ${reason}`, details);
}

function notRemoved(folder: string, error: unknown, more = ""): TrainscopeError {
  const message = `can't remove ${folder}: ${reasonOf(error)}.${more}`;
  return new TrainscopeError("OUTPUT_NOT_WRITABLE", message, { cause: error });
}
