// Files that may come from anybody are read only where they are regular ones: a pipe or a device would never end, or
// never begin.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/**
 * Opens it for reading, without waiting. Rejects with what the system refuses, and for what is no regular file with an
 * error that says so.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  // Windows doesn't have the flag, nor what it is for.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await file.stat();
    if (status.isDirectory()) throw new Error("it is a folder");
    if (!status.isFile()) throw new Error("it is no regular file");
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Bytes of a file that tells of a run beside its log; no one of them comes near. */
const MOST = 16 << 20;

/** The text of a file that is to be small. Rejects as `openRegular` does, and for one that is larger than 16 MiB. */
export async function readSmallFile(path: string): Promise<string> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    if (size > MOST) throw new Error(`it has ${size} bytes; expected at most ${MOST}`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
