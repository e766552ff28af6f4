// What is watched as the events of a run: a stream such as stdin, a file that grows, or a folder of files that make one run.
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isTrainscopeError, messageOf } from "@trainscope/core/errors";
import type { ShownEvent } from "@trainscope/core/source";
import { type Entry, findRuns, formatNamed, type ReaderOptions, type RunFile } from "@trainscope/formats";
import { Observable } from "rxjs";
import { EntryFile } from "./entry-file.ts";
import type { EntryReceiver } from "./entry-receiver.ts";
import { EntryStream } from "./entry-stream.ts";
import { readInTurns } from "./read-in-turns.ts";
import { QUIET_MS, Telling } from "./telling.ts";

export interface WatchOptions extends Pick<ReaderOptions, "pattern"> {
  /** The name of a format, instead of the one that is recognised. */
  readonly format?: string | undefined;
  readonly now?: () => number;
  /** Milliseconds from one look at files to the next. */
  readonly pollMs?: number;
  /** What the loop tells beside its output. */
  readonly beside?: Observable<Entry> | undefined;
}

const POLL_MS = 150;
const TICK_MS = 500;
/** A run's files come one by one; so often a folder is looked through again. */
const FOLDER_MS = 5000;
const MOST_NAMED = 5;

/** Reads as fast as the program writes, so that it never waits for whoever looks on. Completes with the stream. */
export function watchStream(stream: NodeJS.ReadableStream, options: WatchOptions = {}): Observable<ShownEvent> {
  const { pattern, now = Date.now } = options;
  return new Observable((subscriber) => {
    const telling = new Telling((event) => subscriber.next(event));
    const beside = options.beside?.subscribe((entry) => telling.take([entry], now()));
    const entries = new EntryStream(formatOf(options), { pattern }, receiverFor(telling, now));
    let heardAt = now();
    /** Output of no format ends nothing but its being read. */
    let isUnread = false;
    const reading = (act: () => void): void => {
      if (isUnread) return;
      try {
        act();
      } catch (error) {
        isUnread = true;
        telling.say(messageOf(error), now(), "error");
      }
    };
    const onEnd = (): void => {
      reading(() => entries.end());
      telling.end(now());
      subscriber.complete();
    };
    const onError = (error: Error): void => {
      telling.say(`nothing more can be read: ${error.message}`, now(), "error");
      onEnd();
    };
    const timer = setInterval(() => {
      if (now() - heardAt >= QUIET_MS) reading(() => entries.settle());
      telling.tick(now());
    }, TICK_MS);
    stream.once("end", onEnd).once("error", onError);
    const stopReading = readInTurns(stream, (bytes) => {
      heardAt = now();
      reading(() => entries.push(bytes));
    });
    return () => {
      clearInterval(timer);
      beside?.unsubscribe();
      stream.off("end", onEnd).off("error", onError);
      stopReading();
    };
  });
}

/**
 * Follows a file or those of a folder that make one run with the newest, neither of which need be there yet. It never ends:
 * whoever writes them may go on at any time. Fails with `BAD_OPTION` where they can't be read.
 */
export function watchPath(path: string, options: WatchOptions = {}): Observable<ShownEvent> {
  const { now = Date.now, pollMs = POLL_MS } = options;
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const telling = new Telling((event) => {
      if (!stop.signal.aborted) subscriber.next(event);
    });
    const timer = setInterval(() => telling.tick(now()), TICK_MS);
    const beside = options.beside?.subscribe((entry) => telling.take([entry], now()));
    const source = new WatchedPath(path, options, telling, stop.signal);
    async function follow(): Promise<void> {
      while (!stop.signal.aborted) {
        await source.readOn();
        await setTimeout(pollMs, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
    follow().catch((error) => subscriber.error(error));
    return () => {
      clearInterval(timer);
      beside?.unsubscribe();
      stop.abort();
    };
  });
}

class WatchedPath {
  private readonly path: string;
  private readonly options: WatchOptions;
  private readonly telling: Telling;
  private readonly stop: AbortSignal;
  private readonly now: () => number;
  private files: readonly EntryFile[] | undefined;
  private isFolder = false;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private isWaiting = false;
  private hasNewer = false;

  constructor(path: string, options: WatchOptions, telling: Telling, stop: AbortSignal) {
    this.path = path;
    this.options = options;
    this.telling = telling;
    this.stop = stop;
    this.now = options.now ?? Date.now;
  }

  async readOn(): Promise<void> {
    if (this.files === undefined) this.files = await this.find();
    else if (this.isFolder && Math.abs(this.now() - this.lookedAt) >= FOLDER_MS) await this.findMore();
    for (const file of this.files ?? []) {
      if (!this.stop.aborted) await file.readOn();
    }
  }

  /** `undefined` as long as there is nothing to read: a folder or a file may come, and a log in a folder. */
  private async find(): Promise<readonly EntryFile[] | undefined> {
    const { path } = this;
    this.isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
    if (!this.isFolder) {
      if (existsSync(path)) return [this.open({ path, split: undefined })];
      this.wait(`waiting for ${path}, which isn't there yet`);
      return undefined;
    }
    if (Math.abs(this.now() - this.lookedAt) < FOLDER_MS) return undefined;
    this.lookedAt = this.now();
    const [newest, ...others] = await this.findFirst();
    if (newest === undefined) return undefined;
    const { files, format } = newest;
    const [first, ...more] = files.map((file) => relative(path, file.path));
    const named = more.length === 0 ? first : `${first} and ${more.length} more of its run,`;
    this.telling.say(`${named} read as ${format.name}, ${format.title}`, this.now());
    if (others.length > 0) {
      const names = others.slice(0, MOST_NAMED).map((run) => relative(path, run.files[0]?.path ?? ""));
      const rest = others.length > MOST_NAMED ? `, and ${others.length - MOST_NAMED} more` : "";
      this.telling.say(`not shown: ${names.join(", ")}${rest}`, this.now());
    }
    return files.map((file) => this.open(file));
  }

  private async findFirst(): ReturnType<typeof findRuns> {
    try {
      return await findRuns(this.path, this.options);
    } catch (error) {
      if (!isTrainscopeError(error) || error.code !== "BAD_OPTION") throw error;
      this.wait(`${error.message}; waiting for one`);
      return [];
    }
  }

  private wait(words: string): void {
    if (!this.isWaiting) this.telling.say(words, this.now());
    this.isWaiting = true;
  }

  /** Files that have joined the run; a run that began beside it is told of. */
  private async findMore(): Promise<void> {
    this.lookedAt = this.now();
    const runs = await findRuns(this.path, this.options).catch(() => []);
    const known = new Set(this.files?.map((file) => file.path));
    const own = runs.find(({ files }) => files.some((file) => known.has(file.path)));
    const added = own?.files.filter((file) => !known.has(file.path)) ?? [];
    this.files = [...(this.files ?? []), ...added.map((file) => this.open(file))];
    const [newest] = runs;
    if (newest === undefined || newest === own || this.hasNewer) return;
    this.hasNewer = true;
    this.telling.say(`a newer log has come, ${newest.files[0]?.path}: watch that to see it`, this.now());
  }

  private open({ path, split }: RunFile): EntryFile {
    const receiver = receiverFor(this.telling, this.now);
    const file: EntryFile = new EntryFile(
      { path, split, format: formatOf(this.options), pattern: this.options.pattern, now: this.now },
      {
        entries: (entries) => receiver.entries(entries),
        // What the others told is void with it.
        restart: (why) => {
          receiver.restart(why);
          for (const other of this.files ?? []) if (other !== file) other.reset();
        },
      },
      this.stop,
    );
    return file;
  }
}

function receiverFor(telling: Telling, now: () => number): EntryReceiver {
  return {
    entries: (entries) => telling.take(entries, now()),
    restart: (why) => telling.restart(why, now()),
  };
}

/** A pattern is one for text. */
export function formatOf({ format, pattern }: WatchOptions) {
  if (format !== undefined) return formatNamed(format);
  return pattern === undefined ? undefined : formatNamed("text");
}
