// The live dashboard: opens on the terminal's alternate screen, closes when the events end, and leaves the
// terminal as it found it. It knows nothing of training but its events.
import type { Control, ModelParameters } from "@trainscope/core";
import { messageOf } from "@trainscope/core/errors";
import { type ReplayCommand, type ShownEvent, type SourceStore, TRAINING } from "@trainscope/core/source";
import type { Observable } from "rxjs";
import { formatX } from "../text/format.ts";
import type { Formats } from "../text/format-metric.ts";
import { Dashboard } from "./components/app.tsx";
import { type Live, showLive } from "./live.ts";
import type { Changeable } from "./model/changeable.ts";
import type { Overlay } from "./model/overlay.ts";
import { positionOf } from "./model/state.ts";
import { connectStore, type DashboardStore } from "./model/store.ts";
import type { Scene } from "./panels/scene.ts";
import { screenRows } from "./screen/screen-rows.ts";
import { screenSvg } from "./screen-picture/screen-svg.ts";

/** What the dashboard shows, and how. */
export interface OpenDashboardOptions {
  /** A run as it happens, or one read back from a log: the same to the dashboard. */
  readonly events: Observable<ShownEvent>;
  /** Where they come from, and so what keys mean; this process where it is left out. */
  readonly source?: SourceStore | undefined;
  readonly onControl: (control: Control) => void;
  /** Leave now: "stop now" in the stop dialog, or Ctrl-C once more after a stop. */
  readonly onQuit: () => void;
  /**
   * Ctrl-C was typed. Tells whether it counts, or is the one before, come again; each counts where this is left out. What it
   * asks for comes through `onControl` or `onQuit` like any key's.
   */
  readonly onInterrupt?: () => boolean;
  /** What keys ask of a replay. */
  readonly onReplay?: ((command: ReplayCommand) => void) | undefined;
  /** A new run was asked for that goes on from here, with what was changed of the settings. Where it is left out none can be. */
  readonly onFork?: ((changed: Partial<Record<Changeable, number>>) => void) | undefined;
  /** Another run's curves, beneath the run's own. */
  readonly overlay?: Overlay | undefined;
  /** Custom metrics' own way to write a value, by metric name. */
  readonly formats?: Formats | undefined;
  /** The bytes of a validation image, plane by plane, by its index in the split. */
  readonly imageOf?: ((index: number) => Uint8Array) | undefined;
  /** The model as it is now. Asked for while an `epoch:end` is being delivered, and copied. */
  readonly parameters?: (() => ModelParameters | undefined) | undefined;
  /** Writes a picture of the screen; gives the path to tell. */
  readonly savePicture?: ((name: string, content: string) => Promise<string>) | undefined;
  readonly stdout?: NodeJS.WriteStream | undefined;
  readonly stdin?: NodeJS.ReadStream | undefined;
  readonly now?: () => number;
}

const NO_FORMATS: Formats = new Map();

/** Subscribes to the events and shows them until they end. */
export function openDashboard(options: OpenDashboardOptions): Live {
  const { events, onControl, onQuit, onInterrupt = () => true, formats = NO_FORMATS, now = Date.now } = options;
  const { imageOf, parameters, savePicture, source = TRAINING, onReplay = () => {}, onFork, overlay } = options;
  return showLive({
    connect: (connection) => connectStore(events, { now, parameters, ...connection }),
    draw: (store, theme) => (
      <Dashboard
        store={store}
        formats={formats}
        theme={theme}
        source={source}
        overlay={overlay}
        imageOf={imageOf}
        onControl={onControl}
        onQuit={onQuit}
        onInterrupt={onInterrupt}
        onReplay={onReplay}
        onFork={onFork}
        onPicture={pictureTaker(store, savePicture)}
      />
    ),
    stdout: options.stdout,
    stdin: options.stdin,
  });
}

type PictureTaker = (scene: Scene, columns: number, rows: number) => void;

/** Takes a picture of the screen as it is; the log says where it is. */
function pictureTaker(store: DashboardStore, save: OpenDashboardOptions["savePicture"]): PictureTaker {
  let taken = 0;
  return (scene, columns, rows) => {
    if (save === undefined) return store.print("warning", "this run has no folder for pictures");
    const { state, view, theme } = scene;
    const { axis, done, all } = positionOf(state);
    const title = `trainscope, ${view.tab}, ${axis} ${formatX(done)}${all > 0 ? ` of ${all}` : ""}`;
    const picture = screenSvg(screenRows(scene, columns, rows), {
      columns,
      rows,
      background: theme.background,
      title,
    });
    save(`screen-${++taken}-${view.tab}.svg`, picture).then(
      (path) => store.print("success", `picture of the screen written to ${path}`),
      (error: unknown) => store.print("warning", `the picture could not be written: ${messageOf(error)}`),
    );
  };
}
