// A file that grows, line by line as it does: the log of a run that another process trains, or what any program writes.
// It asks the file itself a few times a second: over a shared folder nothing tells when a file has changed.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { TrainscopeError } from "@trainscope/core";
import { Observable } from "rxjs";
import { createLineSplitter, type LineSplitter } from "../run-files/line-splitter.ts";
import { reasonOf } from "../run-folder.ts";

export type LogPart =
  /** A whole line, without its end. Lines are numbered from 1. */
  | { readonly kind: "line"; readonly text: string; readonly line: number }
  /** A line of more than some megabytes, which is passed over. */
  | { readonly kind: "too-long"; readonly line: number }
  /** The file was cut short, replaced, or changed where it had been read: it is told anew, from its first line. */
  | { readonly kind: "restart" }
  /**
   * All that is there now has been told; comes once at first, and again after what was new. `rest` is what follows the
   * last line end: a line that is being written, or the last one of a program that doesn't end it.
   */
  | { readonly kind: "caught-up"; readonly rest: string };

export interface FollowOptions {
  /** Milliseconds from one look at the file to the next. */
  readonly pollMs?: number;
}

const POLL_MS = 150;
const CHUNK = 1 << 18;
/** So many bytes before the place that was read up to are kept, to tell whether it is still the same file. */
const TAIL = 1 << 12;

/** With these nothing will be read by waiting. */
const HOPELESS: readonly (string | undefined)[] = ["EACCES", "EPERM", "EISDIR", "ELOOP", "ENAMETOOLONG"];

/**
 * Follows the file until unsubscribed from. It may not be there yet, or vanish and come back: it is waited for. Fails with
 * `BAD_OPTION` where the path names no file or may not be read.
 */
export function followLog(path: string, { pollMs = POLL_MS }: FollowOptions = {}): Observable<LogPart> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const reader = createReader(path, (part) => subscriber.next(part), stop.signal);
    async function follow(): Promise<void> {
      while (!stop.signal.aborted) {
        await reader.readOn();
        await setTimeout(pollMs, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
    follow().catch((error) => subscriber.error(error));
    return () => stop.abort();
  });
}

interface Reader {
  /** Tells what has come since it was last called. */
  readOn(): Promise<void>;
}

function createReader(path: string, tell: (part: LogPart) => void, stop: AbortSignal): Reader {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let lines = linesTo(tell);
  /** How far the file has been read, and the bytes before that. */
  let offset = 0;
  let tail: Buffer = Buffer.alloc(0);
  /** How the file was found when it was last read to its end. */
  let found = "";
  let isFirst = true;

  async function readOn(): Promise<void> {
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
    if (!stop.aborted && (isFirst || found !== before)) {
      isFirst = false;
      tell({ kind: "caught-up", rest: lines.rest() });
    }
  }

  async function readFrom(file: FileHandle): Promise<void> {
    const status = await file.stat();
    if (!status.isFile()) throw unreadable(path, status.isDirectory() ? "it is a folder" : "it is no file");
    const now = `${status.ino} ${status.size} ${status.mtimeMs}`;
    if (now === found) return;
    if (status.size < offset || !(await isSame(file))) {
      offset = 0;
      tail = Buffer.alloc(0);
      lines = linesTo(tell);
      if (!stop.aborted) tell({ kind: "restart" });
    }
    // Up to the size that was seen, so that a writer who is faster than the reader can't keep it here.
    while (offset < status.size && !stop.aborted) {
      const most = Math.min(CHUNK, status.size - offset);
      const { bytesRead } = await file.read(chunk, 0, most, offset);
      if (bytesRead === 0) return;
      const bytes = chunk.subarray(0, bytesRead);
      offset += bytesRead;
      tail = Buffer.concat([tail, bytes.subarray(-TAIL)]).subarray(-TAIL);
      lines.add(bytes);
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

function linesTo(tell: (part: LogPart) => void): LineSplitter {
  return createLineSplitter({
    onLine: (text, line) => tell({ kind: "line", text, line }),
    onTooLong: (line) => tell({ kind: "too-long", line }),
  });
}

function unreadable(path: string, reason: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't follow ${path}: ${reason}`, {
    hint: "Name a file of lines that you may read; it may still be missing.",
    cause,
  });
}
