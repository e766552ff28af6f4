// The log of a run that another process trains, line by line as it grows.
import { setTimeout } from "node:timers/promises";
import { Observable } from "rxjs";
import { followFile } from "../files/followed-file.ts";
import { createLineSplitter, type LineSplitter } from "../files/line-splitter.ts";

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

/**
 * Follows the file until unsubscribed from. It may not be there yet, or vanish and come back: it is waited for. Fails with
 * `BAD_OPTION` where the path names no file or may not be read.
 */
export function followLog(path: string, { pollMs = POLL_MS }: FollowOptions = {}): Observable<LogPart> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const tell = (part: LogPart): void => subscriber.next(part);
    let lines = linesTo(tell);
    const file = followFile(
      path,
      {
        bytes: (bytes) => lines.add(bytes),
        restart() {
          lines = linesTo(tell);
          tell({ kind: "restart" });
        },
      },
      stop.signal,
    );
    async function follow(): Promise<void> {
      for (let isFirst = true; !stop.signal.aborted; isFirst = false) {
        const hasChanged = await file.readOn();
        if (!stop.signal.aborted && (isFirst || hasChanged)) tell({ kind: "caught-up", rest: lines.rest() });
        await setTimeout(pollMs, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
    follow().catch((error) => subscriber.error(error));
    return () => stop.abort();
  });
}

function linesTo(tell: (part: LogPart) => void): LineSplitter {
  return createLineSplitter({
    onLine: (text, line) => tell({ kind: "line", text, line }),
    onTooLong: (line) => tell({ kind: "too-long", line }),
  });
}
