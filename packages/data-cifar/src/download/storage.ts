// What can go wrong with the disk, as messages.
import { resolve } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { makeFolders } from "../make-folders.ts";

/** The error code of a failed system call, e.g. "ENOSPC". */
export function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string"
    ? thrown.code
    : undefined;
}

/** `OUTPUT_NOT_WRITABLE` for `path`, or what was thrown if it says already what a user can put right. */
export function notWritable(path: string, cause: unknown): TrainscopeError {
  if (cause instanceof TrainscopeError) return cause;
  if (systemCode(cause) === "ENOSPC" || systemCode(cause) === "EDQUOT") {
    return new TrainscopeError("OUTPUT_NOT_WRITABLE", `The disk is full: ${path} can't be written`, {
      hint: "About 350 MB are needed; make room, or name another folder. What has been received is kept.",
      cause,
    });
  }
  return new TrainscopeError("OUTPUT_NOT_WRITABLE", `${path} can't be written: ${messageOf(cause)}`, {
    hint: "Name a folder that you may write to.",
    cause,
  });
}

/** Runs `action` on the disk; what it throws becomes `OUTPUT_NOT_WRITABLE` for `path`. */
export async function onDisk<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

export async function makeFolder(directory: string): Promise<void> {
  await onDisk(directory, () => makeFolders(resolve(directory)));
}
