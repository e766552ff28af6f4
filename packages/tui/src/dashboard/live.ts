// A component on the terminal's alternate screen, until the events it shows have ended. Whatever else is printed
// meanwhile goes to the component's log, and the terminal is left as it was found.
import type { ReactElement } from "react";
import { captureOutput, holdWrite } from "../output/capture.ts";
import { ownStream } from "../output/streams.ts";
import type { Severity } from "../text/describe-event.ts";
import { FRAME_MS } from "./model/frames.ts";
import { isPainted, type OpenScreen, openPainted, openPrinted } from "./open-screen.ts";
import { LEAVE_MODES, LEAVE_SCREEN, SHOW_CURSOR } from "./terminal/modes.ts";
import type { Theme } from "./text/theme.ts";

/** What a live screen asks of the store behind it. */
export interface LiveStore {
  /** A line for the log. */
  print(severity: Severity, text: string): void;
  disconnect(): void;
}

export interface LiveConnection {
  /** To be called once, when the events complete or fail. */
  readonly onEnd: (error?: unknown) => void;
  /** Milliseconds from one frame to the next. */
  readonly frameMs: () => number;
}

export interface LiveOptions<Store extends LiveStore> {
  /** Subscribes to the events. */
  readonly connect: (connection: LiveConnection) => Store;
  readonly draw: (store: Store, theme: Theme) => ReactElement;
  readonly stdout?: NodeJS.WriteStream | undefined;
  readonly stdin?: NodeJS.ReadStream | undefined;
}

/** A screen that follows events until they complete. */
export interface Live {
  /**
   * Resolves when the events have completed, or `close` was called, and the terminal is itself again.
   * Rejects, with the terminal restored as well, if the events or the rendering failed.
   */
  readonly done: Promise<void>;
  /** Leaves the screen now. Waits until the terminal is restored; safe to call again. */
  close(): Promise<void>;
}

const SLOWEST_FRAME_MS = 400;
/** Of the time of one core. Training wants them all, and its threads wait for the one whose core is drawn on. */
const SHARE_FOR_FRAMES = 1 / 40;

/** Connects at once, and shows until the events end. */
export function showLive<Store extends LiveStore>(options: LiveOptions<Store>): Live {
  const { connect, draw, stdout = ownStream("stdout"), stdin = process.stdin } = options;
  const ended = Promise.withResolvers<void>();
  let screen: OpenScreen | undefined;
  let drawMs = 0;
  const store = connect({
    frameMs: () => Math.min(SLOWEST_FRAME_MS, Math.max(FRAME_MS, drawMs / SHARE_FOR_FRAMES)),
    onEnd: (error) => (error === undefined ? ended.resolve() : ended.reject(error)),
  });
  // Taken before the writes are captured: what is drawn is not for the log.
  const held = holdWrite(stdout);
  const release = captureOutput(store.print);
  try {
    const onFrame = (ms: number): void => {
      // One frame that was interrupted tells little.
      drawMs += (ms - drawMs) / 4;
    };
    const drawing = { stdin, stdout: held, onFrame };
    screen = isPainted(stdout)
      ? openPainted((theme) => draw(store, theme), drawing)
      : openPrinted((theme) => draw(store, theme), drawing);
  } catch (error) {
    // Ink may have taken the screen before it failed.
    if (stdout.isTTY) held.write(LEAVE_MODES + LEAVE_SCREEN + SHOW_CURSOR);
    ended.reject(error);
  }
  const done = finish(screen, ended.promise, () => {
    store.disconnect();
    release();
  });
  // Whoever never looks at `done` shall not bring the process down.
  done.catch(() => {});
  return {
    done,
    async close() {
      ended.resolve();
      await done.catch(() => {});
    },
  };
}

/** Waits for the end of the events or of the rendering, whichever is first, and then puts the terminal right. */
async function finish(
  screen: OpenScreen | undefined,
  ended: Promise<void>,
  disconnect: () => void,
): Promise<void> {
  const exited = screen?.instance.waitUntilExit();
  try {
    await (exited ? Promise.race([ended, exited]) : ended);
    await screen?.settle();
  } finally {
    disconnect();
    screen?.leave();
    screen?.instance.unmount();
    await exited?.catch(() => {});
    screen?.instance.cleanup();
  }
}
