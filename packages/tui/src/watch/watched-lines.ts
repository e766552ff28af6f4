// Where the lines of a watched program come from: a stream such as stdin, or a file that grows.
import { existsSync } from "node:fs";
import { Observable } from "rxjs";
import { followLog } from "../attach/follow-log.ts";
import type { ShownEvent } from "../dashboard/source.ts";
import { createLineSplitter } from "../run-files/line-splitter.ts";
import { createWatcher, type Watcher } from "./watcher.ts";

const TICK_MS = 500;

type Emit = (events: readonly ShownEvent[]) => void;

/** Reads as fast as the program writes, so that it never waits for whoever looks on. Completes with the stream. */
export function watchStream(
  stream: NodeJS.ReadableStream,
  now: () => number = Date.now,
): Observable<ShownEvent> {
  return watching(createWatcher(now()), now, (watcher, emit, complete) => {
    const lines = createLineSplitter({
      onLine: (text) => emit(watcher.line(text, now())),
      onTooLong: (line) => emit(watcher.say(tooLong(line), now())),
    });
    const onData = (bytes: Uint8Array): void => lines.add(bytes);
    const onEnd = (): void => {
      emit(watcher.line(lines.rest(), now()));
      emit(watcher.end(now()));
      complete();
    };
    const onError = (error: Error): void => {
      emit(watcher.say(`nothing more can be read: ${error.message}`, now()));
      onEnd();
    };
    stream.on("data", onData).once("end", onEnd).once("error", onError);
    return () => {
      stream.off("data", onData).off("end", onEnd).off("error", onError);
      stream.pause();
    };
  });
}

/** A file never ends: whoever writes it may go on at any time. Fails where it can't be read. */
export function watchFile(path: string, now: () => number = Date.now): Observable<ShownEvent> {
  return watching(createWatcher(), now, (watcher, emit, _, fail) => {
    if (!existsSync(path)) emit(watcher.say(`waiting for ${path}, which isn't there yet`, now()));
    const subscription = followLog(path).subscribe({
      next(part) {
        if (part.kind === "line") emit(watcher.line(part.text, now()));
        else if (part.kind === "too-long") emit(watcher.say(tooLong(part.line), now()));
        else if (part.kind === "restart") emit(watcher.restart());
      },
      error: fail,
    });
    return () => subscription.unsubscribe();
  });
}

function watching(
  watcher: Watcher,
  now: () => number,
  connect: (watcher: Watcher, emit: Emit, complete: () => void, fail: (error: unknown) => void) => () => void,
): Observable<ShownEvent> {
  return new Observable((subscriber) => {
    const emit: Emit = (events) => {
      for (const event of events) subscriber.next(event);
    };
    const timer = setInterval(() => emit(watcher.tick(now())), TICK_MS);
    const disconnect = connect(
      watcher,
      emit,
      () => subscriber.complete(),
      (error) => subscriber.error(error),
    );
    return () => {
      clearInterval(timer);
      disconnect();
    };
  });
}

function tooLong(line: number): string {
  return `line ${line} is longer than any event, and left out`;
}
