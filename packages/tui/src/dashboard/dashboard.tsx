// The live dashboard: opens on the terminal's alternate screen, closes when the events end, and leaves the
// terminal as it found it. It knows nothing of training but its events.
import type { Control, TrainingEvent } from "@trainscope/core";
import { type Instance, render } from "ink";
import type { Observable } from "rxjs";
import type { Formats } from "../text/format-metric.ts";
import { Dashboard } from "./components/app.tsx";
import { captureConsole, captureWrites, holdWrite } from "./console.ts";
import { type ConnectedStore, connectStore, FRAME_MS } from "./model/store.ts";
import { detectTheme } from "./theme.ts";

export interface DashboardOptions {
  /** A run as it happens, or one read back from a log: the same to the dashboard. */
  readonly events: Observable<TrainingEvent>;
  readonly onControl: (control: Control) => void;
  /** Leave now: `q` twice, or Ctrl-C once more after a stop. */
  readonly onQuit: () => void;
  /** Ctrl-C was typed. What it asks for comes through `onControl` or `onQuit` like any key's. */
  readonly onInterrupt?: () => void;
  /** Custom metrics' own way to write a value, by metric name. */
  readonly formats?: Formats;
  readonly stdout?: NodeJS.WriteStream;
  readonly stdin?: NodeJS.ReadStream;
  readonly now?: () => number;
}

export interface ShownDashboard {
  /**
   * Resolves when the events have completed, or `close` was called, and the terminal is itself again.
   * Rejects, with the terminal restored as well, if the events or the rendering failed.
   */
  readonly done: Promise<void>;
  /** Leaves the screen now. Waits until the terminal is restored; safe to call again. */
  close(): Promise<void>;
}

const NO_FORMATS: Formats = new Map();
/** Of Ink: events alone bring ten frames a second at most (see the store), and a key is not to wait for the next. */
const FRAMES_PER_SECOND = 30;
const LEAVE_SCREEN = "\u001b[?1049l";
const SHOW_CURSOR = "\u001b[?25h";
const SLOWEST_FRAME_MS = 400;

/** Subscribes to the events and shows them until they end. */
export function showDashboard(options: DashboardOptions): ShownDashboard {
  const { events, onControl, onQuit, onInterrupt = () => {}, formats = NO_FORMATS, now = Date.now } = options;
  const { stdout = process.stdout, stdin = process.stdin } = options;
  const ended = Promise.withResolvers<void>();
  let instance: Instance | undefined;
  let drawMs = 0;
  const store = connectStore(events, {
    now,
    // Training wants the cores, and all its threads wait for the one whose core is drawn on: drawing shall take a few
    // per cent of one. What Ink calls its time is a part of what a frame costs in all.
    frameMs: () => Math.min(SLOWEST_FRAME_MS, Math.max(FRAME_MS, 40 * drawMs)),
    onEnd: (error) => (error === undefined ? ended.resolve() : ended.reject(error)),
  });
  // Taken before the writes are captured: what Ink draws is not for the log.
  const screen = holdWrite(stdout);
  const release = captureOutput(store.print);
  try {
    instance = render(
      <Dashboard
        store={store}
        formats={formats}
        theme={detectTheme(process.env, stdout.isTTY === true && stdout.hasColors())}
        onControl={onControl}
        onQuit={onQuit}
        onInterrupt={onInterrupt}
      />,
      {
        stdout: screen,
        stdin,
        alternateScreen: true,
        incrementalRendering: true,
        maxFps: FRAMES_PER_SECOND,
        exitOnCtrlC: false,
        patchConsole: false,
        interactive: stdout.isTTY === true,
        onRender: ({ renderTime }) => {
          drawMs = renderTime;
        },
      },
    );
  } catch (error) {
    // Ink may have taken the screen before it failed.
    if (stdout.isTTY) screen.write(LEAVE_SCREEN + SHOW_CURSOR);
    ended.reject(error);
  }
  const done = finish(instance, ended.promise, () => {
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

/** Everything a plugin may print with, until the function it gives is called. */
function captureOutput(onPrint: ConnectedStore["print"]): () => void {
  const releases = [
    captureConsole(onPrint),
    captureWrites(process.stdout, (line) => onPrint("info", line)),
    captureWrites(process.stderr, (line) => onPrint("warning", line)),
  ];
  return () => {
    for (const release of releases) release();
  };
}

/** Waits for the end of the events or of the rendering, whichever is first, and then puts the terminal right. */
async function finish(
  instance: Instance | undefined,
  ended: Promise<void>,
  disconnect: () => void,
): Promise<void> {
  const exited = instance?.waitUntilExit();
  try {
    await (exited ? Promise.race([ended, exited]) : ended);
  } finally {
    disconnect();
    instance?.unmount();
    await exited?.catch(() => {});
    instance?.cleanup();
  }
}
