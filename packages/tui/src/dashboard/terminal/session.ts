// A terminal that is a dashboard's for a while: its modes, its mouse, what it says of itself, and what is seen of Ink.
import { setTimeout as sleep } from "node:timers/promises";
import { type Write, type Written, withWrite } from "../../output/capture.ts";
import { detectTheme, type TerminalReplies, type Theme } from "../text/theme.ts";
import type { MouseEvent, TerminalEvent } from "./input.ts";
import { ENTER_MODES, ERASE, ESC, LEAVE_MODES, LEAVE_SCREEN, queriesFor } from "./modes.ts";
import type { Mouse } from "./mouse.ts";
import { keysOf } from "./stdin.ts";

/** A theme that becomes another when the terminal has answered. */
export interface ThemeSource {
  readonly snapshot: () => Theme;
  readonly subscribe: (onChange: () => void) => () => void;
}

export interface Session {
  /** For Ink: keys, and nothing else. */
  readonly stdin: NodeJS.ReadStream;
  /** For Ink: modes get through, text doesn't. */
  readonly stdout: NodeJS.WriteStream;
  readonly mouse: Mouse;
  readonly theme: ThemeSource;
  /** To be called once Ink has the alternate screen. */
  enter(): void;
  /** Resolves when nothing it has asked the terminal is on its way any more: it would be typed at whatever is next. */
  settle(): Promise<void>;
  /** Undoes it; also called by itself when Ink leaves the screen, however that comes. */
  leave(): void;
}

export interface SessionOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called before it is left, while text can still be written. */
  readonly onLeave: () => void;
}

export function openSession({ stdin, stdout, env, onLeave }: SessionOptions): Session {
  const depth = stdout.hasColors() ? stdout.getColorDepth() : 1;
  const interactive = stdin.isTTY === true;
  const listeners = new Set<(event: MouseEvent) => void>();
  const themeListeners = new Set<() => void>();
  let replies: TerminalReplies = {};
  let theme = detectTheme(env, depth);
  let entered = false;
  const replied = Promise.withResolvers<void>();
  let enteredAt = Number.NEGATIVE_INFINITY;

  function takeReply(event: Exclude<TerminalEvent, MouseEvent>): void {
    if (event.kind === "attributes") {
      replied.resolve();
      return;
    }
    const reply: TerminalReplies =
      event.kind === "kitty" ? { kitty: event.ok } : { background: event.light ? "light" : "dark" };
    replies = { ...replies, ...reply };
    theme = detectTheme(env, depth, process.platform, replies);
    for (const listener of themeListeners) listener();
  }

  function receive(event: TerminalEvent): void {
    if (event.kind !== "mouse") takeReply(event);
    else for (const listener of listeners) listener(event);
  }

  function leave(): void {
    if (!entered) return;
    entered = false;
    onLeave();
    stdout.write(ERASE + LEAVE_MODES);
  }

  return {
    stdin: interactive ? keysOf(stdin, receive) : stdin,
    stdout: withWrite(stdout, modesOnly(stdout, leave)),
    mouse: {
      subscribe(onMouse) {
        listeners.add(onMouse);
        return () => listeners.delete(onMouse);
      },
    },
    theme: {
      snapshot: () => theme,
      subscribe(onChange) {
        themeListeners.add(onChange);
        return () => themeListeners.delete(onChange);
      },
    },
    enter() {
      entered = true;
      enteredAt = performance.now();
      const queries = interactive ? queriesFor(env) : "";
      if (queries === "") replied.resolve();
      stdout.write(ENTER_MODES + queries);
    },
    async settle() {
      const left = enteredAt + ANSWER_MS - performance.now();
      if (left > 0) await Promise.race([replied.promise, sleep(left, undefined, { ref: false })]);
    },
    leave,
  };
}

/** A terminal that is far away has answered by then, after which nothing is waited for. */
const ANSWER_MS = 500;

/** Private modes on and off, and the flags of the keyboard. */
const MODES = new RegExp(`^(?:${ESC}\\[[?<>=][\\d;]*[hlu])*$`);

/** What Ink writes of frames is blank, and would scroll and erase what the surface has written. */
function modesOnly(stdout: NodeJS.WriteStream, onLeave: () => void): Write {
  return (chunk: Uint8Array | string, encoding?: BufferEncoding | Written, written?: Written) => {
    const done = typeof encoding === "function" ? encoding : written;
    if (typeof chunk === "string" && MODES.test(chunk)) {
      if (chunk.includes(LEAVE_SCREEN)) onLeave();
      return stdout.write(chunk, done);
    }
    if (done) process.nextTick(done);
    return true;
  };
}
