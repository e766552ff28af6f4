// Files that may come from anybody are read only where they are regular ones: a pipe or a device would never end, or
// never begin, and a link would lead elsewhere.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/**
 * Opens it for reading, without waiting, and follows no link at its end. Rejects with what the system refuses, and for what is no regular file with an
 * error that says so.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  // Windows has neither of the two flags.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags);
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
  return String(await readRegular(path, MOST));
}

/** All of a file. Rejects as `openRegular` does, and for one that has more bytes than `most`. */
export async function readRegular(path: string, most = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    if (size > most) throw new Error(`it has ${size} bytes; expected at most ${most}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
