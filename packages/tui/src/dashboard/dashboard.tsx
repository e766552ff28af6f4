// The live dashboard: opens on the terminal's alternate screen, closes when the events end, and leaves the
// terminal as it found it. It knows nothing of training but its events.
import type { Control, TrainingEvent } from "@trainscope/core";
import type { Observable } from "rxjs";
import type { Formats } from "../text/format-metric.ts";
import { Dashboard } from "./components/app.tsx";
import { type Live, showLive } from "./live.ts";
import { connectStore } from "./model/store.ts";

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

export type ShownDashboard = Live;

const NO_FORMATS: Formats = new Map();

/** Subscribes to the events and shows them until they end. */
export function showDashboard(options: DashboardOptions): ShownDashboard {
  const { events, onControl, onQuit, onInterrupt = () => {}, formats = NO_FORMATS, now = Date.now } = options;
  return showLive({
    connect: (connection) => connectStore(events, { now, ...connection }),
    draw: (store, theme) => (
      <Dashboard
        store={store}
        formats={formats}
        theme={theme}
        onControl={onControl}
        onQuit={onQuit}
        onInterrupt={onInterrupt}
      />
    ),
    stdout: options.stdout,
    stdin: options.stdin,
  });
}
