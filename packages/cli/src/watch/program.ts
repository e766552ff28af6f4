// A program that is run to be watched: its output is read, its errors are in the log, and its exit status is told.
import { type ChildProcess, spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import type { ShownEvent } from "@trainscope/core/source";
import { type Entry, formatNamed, textEntry } from "@trainscope/formats";
import { Observable } from "rxjs";
import { EntryStream } from "./entry-stream.ts";
import { readInTurns } from "./read-in-turns.ts";
import { QUIET_MS, Telling } from "./telling.ts";
import { formatOf, type WatchOptions } from "./watched-source.ts";

export interface ProgramOptions extends WatchOptions {
  /** Added to this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

const TICK_MS = 500;

export class WatchedProgram {
  /** Completes when it has ended and all that it printed is told; fails where it can't be started. Subscribed to once. */
  readonly events: Observable<ShownEvent>;
  private readonly command: readonly [string, ...string[]];
  private readonly options: ProgramOptions;
  private child: ChildProcess | undefined;
  private exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | undefined;
  private asked = 0;
  /** Its loop was asked to stop, so that whatever it ends with is no failure. */
  isStopped = false;

  constructor(command: readonly [string, ...string[]], options: ProgramOptions = {}) {
    this.command = command;
    this.options = options;
    this.events = new Observable((subscriber) => this.run(subscriber));
  }

  /** As a shell has it: 128 and the signal's number where one ended it. `undefined` while it runs. */
  get status(): number | undefined {
    if (this.exit === undefined) return undefined;
    const { code, signal } = this.exit;
    return code ?? 128 + (signal === null ? 0 : (SIGNALS[signal] ?? 0));
  }

  /** As Ctrl-C does, to it and what it has started; where that doesn't help, more firmly each time. */
  interrupt(): void {
    const signal = (["SIGINT", "SIGINT", "SIGTERM"] as const)[this.asked++] ?? "SIGKILL";
    const { pid } = this.child ?? {};
    if (pid === undefined || this.exit !== undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }

  private run(subscriber: {
    next(event: ShownEvent): void;
    complete(): void;
    error(error: unknown): void;
  }): () => void {
    const { now = Date.now } = this.options;
    const [file] = this.command;
    const telling = new Telling((event) => subscriber.next(event));
    let child: ChildProcess;
    try {
      child = this.start();
    } catch (error) {
      // Of some reasons Node.js makes an event, of others, as a file in the place of a folder, an exception.
      subscriber.error(cannotRun(file, error as NodeJS.ErrnoException));
      return () => {};
    }
    this.child = child;
    const beside = this.options.beside?.subscribe((entry) => telling.take([entry], now()));
    const close = this.read(child, telling, now);
    child.once("error", (error) => subscriber.error(cannotRun(file, error)));
    child.once("close", (code, signal) => {
      this.exit = { code, signal };
      beside?.unsubscribe();
      close();
      this.tellEnd(telling, now());
      subscriber.complete();
    });
    return close;
  }

  private start(): ChildProcess {
    const [file, ...args] = this.command;
    return spawn(file, args, {
      // A group of its own: a Ctrl-C of the terminal comes through us, once.
      detached: true,
      stdio: [process.stdin.isTTY ? "ignore" : "inherit", "pipe", "pipe"],
      env: { ...process.env, PYTHONUNBUFFERED: "1", ...this.options.environment },
    });
  }

  private read(child: ChildProcess, telling: Telling, now: () => number): () => void {
    const figures = new FigureSource(telling, now);
    const restart = (why: string): void => telling.restart(why, now());
    const { pattern } = this.options;
    const stream = new EntryStream(
      formatOf(this.options),
      { pattern },
      { entries: (entries) => figures.fromOutput(entries), restart },
    );
    const logged = new EntryStream(
      formatNamed("text"),
      { pattern },
      { entries: (entries) => figures.fromErrors(entries), restart },
    );
    const errors = errorLines((line) => telling.take([textEntry(line)], now()));
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
    let heardAt = now();
    if (child.stdout !== null) {
      readInTurns(child.stdout, (bytes) => {
        heardAt = now();
        reading(() => stream.push(bytes));
      });
    }
    if (child.stderr !== null) {
      readInTurns(child.stderr, (bytes) => {
        errors.push(bytes);
        logged.push(bytes);
      });
    }
    const timer = setInterval(() => {
      if (now() - heardAt >= QUIET_MS) reading(() => stream.settle());
      telling.tick(now());
    }, TICK_MS);
    let isClosed = false;
    return () => {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      reading(() => stream.end());
      logged.end();
      errors.end();
    };
  }

  private tellEnd(telling: Telling, now: number): void {
    const { status = 0 } = this;
    const { signal } = this.exit ?? {};
    const how = signal ? `was ended by ${signal}` : status === 0 ? "has ended" : `ended with status ${status}`;
    const reason = status === 0 ? undefined : this.asked > 0 || this.isStopped ? "stopped" : "failed";
    telling.end(now, { said: `${this.command[0]} ${how}`, reason });
  }
}

/** Python logs to stderr: figures are taken from there until stdout tells any, never from both. */
class FigureSource {
  private readonly telling: Telling;
  private readonly now: () => number;
  private isOnOutput = false;
  private isOnErrors = false;

  constructor(telling: Telling, now: () => number) {
    this.telling = telling;
    this.now = now;
  }

  fromOutput(entries: readonly Entry[]): void {
    if (!this.isOnOutput && entries.some(isFigure)) {
      this.isOnOutput = true;
      if (this.isOnErrors) this.telling.restart("its figures are taken from stdout", this.now());
    }
    this.telling.take(entries, this.now());
  }

  /** Its lines are in the log as they are. */
  fromErrors(entries: readonly Entry[]): void {
    const figures = this.isOnOutput ? [] : entries.filter(isFigure);
    if (figures.length === 0) return;
    this.isOnErrors = true;
    this.telling.take(figures, this.now());
  }
}

function isFigure({ kind }: Entry): boolean {
  return kind === "record" || kind === "event";
}

/** Those that a program is ended by, as a rule. */
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};

/** Whole lines; of one that is drawn over again and again, as bars are, the last state. */
function errorLines(tell: (line: string) => void): { push(bytes: Buffer): void; end(): void } {
  const decoder = new StringDecoder();
  let rest = "";
  const take = (line: string): void => {
    const shown = line.split("\r").findLast((state) => state.trim() !== "");
    if (shown !== undefined) tell(shown);
  };
  return {
    push(bytes) {
      const lines = (rest + decoder.write(bytes)).split("\n");
      rest = (lines.pop() ?? "").slice(-LONGEST_LINE);
      for (const line of lines) take(line);
    },
    end: () => take(rest + decoder.end()),
  };
}

const LONGEST_LINE = 1 << 16;

function cannotRun(file: string, error: NodeJS.ErrnoException): TrainscopeError {
  const reason = error.code === "ENOENT" ? "there is no such program" : messageOf(error);
  return new TrainscopeError("BAD_OPTION", `can't run ${file}: ${reason}`, {
    hint: "Behind -- stands a command as in a shell: trainscope watch -- python train.py",
    cause: error,
  });
}
