// A file that grows, byte by byte as it does. The file itself is asked each time: over a shared folder nothing tells when
// a file has changed.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { TrainscopeError } from "@trainscope/core/errors";
import { reasonOf } from "./run-folder.ts";

export interface FollowedFileHandlers {
  /** Bytes that came; the array is used again. */
  bytes(bytes: Uint8Array): void;
  /** The file was cut short, replaced, or changed where it had been read: it is told anew, from its first byte. */
  restart(): void;
}

/** A file that is read as it grows. */
export interface FollowedFile {
  /**
   * Tells what has come since it was last called, and gives whether anything has changed. A file that is missing is none
   * that has. Throws `BAD_OPTION` where the path names no file or may not be read.
   */
  readOn(): Promise<boolean>;
}

const CHUNK = 1 << 18;
/** So many bytes before the place that was read up to are kept, to tell whether it is still the same file. */
const TAIL = 1 << 12;

/** With these nothing will be read by waiting. */
const HOPELESS: readonly (string | undefined)[] = ["EACCES", "EPERM", "EISDIR", "ELOOP", "ENAMETOOLONG"];

/** Follows a file as it grows, from its beginning, until the signal aborts. */
export function followFile(path: string, handlers: FollowedFileHandlers, stop: AbortSignal): FollowedFile {
  const chunk = Buffer.allocUnsafe(CHUNK);
  /** How far the file has been read, and the bytes before that. */
  let offset = 0;
  let tail: Buffer = Buffer.alloc(0);
  /** How the file was found when it was last read to its end. */
  let found = "";

  async function readOn(): Promise<boolean> {
    const before = found;
    try {
      // Opened anew each time: that makes a network's file system ask for the file's true size.
      const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        await readFrom(file);
      } finally {
        await file.close();
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof TrainscopeError) throw error;
      if (HOPELESS.includes(code)) throw unreadable(path, reasonOf(error), error);
    }
    return found !== before;
  }

  async function readFrom(file: FileHandle): Promise<void> {
    const status = await file.stat();
    if (!status.isFile()) throw unreadable(path, status.isDirectory() ? "it is a folder" : "it is no file");
    const now = `${status.ino} ${status.size} ${status.mtimeMs}`;
    if (now === found) return;
    if (status.size < offset || !(await isSame(file))) {
      offset = 0;
      tail = Buffer.alloc(0);
      if (!stop.aborted) handlers.restart();
    }
    // Up to the size that was seen, so that a writer who is faster than the reader can't keep it here.
    while (offset < status.size && !stop.aborted) {
      const most = Math.min(CHUNK, status.size - offset);
      const { bytesRead } = await file.read(chunk, 0, most, offset);
      if (bytesRead === 0) return;
      const bytes = chunk.subarray(0, bytesRead);
      offset += bytesRead;
      tail = Buffer.concat([tail, bytes.subarray(-TAIL)]).subarray(-TAIL);
      handlers.bytes(bytes);
    }
    found = now;
  }

  /** Whether the file still has what was read last, in its place. */
  async function isSame(file: FileHandle): Promise<boolean> {
    if (tail.length === 0) return true;
    const there = Buffer.alloc(tail.length);
    const { bytesRead } = await file.read(there, 0, there.length, offset - tail.length);
    return bytesRead === tail.length && there.equals(tail);
  }

  return { readOn };
}

function unreadable(path: string, reason: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't follow ${path}: ${reason}`, {
    hint: "Name a file that you may read; it may still be missing.",
    cause,
  });
}
