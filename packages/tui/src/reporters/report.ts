// The reporters, by name.

import type { Control, ModelParameters } from "@trainscope/core";
import {
  isTrainingEvent,
  type ReplayCommand,
  type ShownEvent,
  type SourceStore,
} from "@trainscope/core/source";
import { filter, type Observable } from "rxjs";
import type { Changeable } from "../dashboard/model/changeable.ts";
import type { Overlay } from "../dashboard/model/overlay.ts";
import { print } from "../output/print.ts";
import { reportSentences } from "../sentences/report-sentences.ts";
import type { Formats } from "../text/format-metric.ts";
import type { Reporter } from "./choose.ts";
import { reportJson } from "./json.ts";
import { reportLines } from "./lines.ts";

export interface ReportOptions {
  readonly formats: Formats;
  readonly onControl: (control: Control) => void;
  /**
   * Ctrl-C was typed at the dashboard, which asks for what follows through the others. Tells whether it counts: each does
   * where this is left out.
   */
  readonly onInterrupt?: () => boolean;
  readonly onQuit: () => void;
  /** Where the events come from; this process where it is left out. */
  readonly source?: SourceStore | undefined;
  readonly onReplay?: ((command: ReplayCommand) => void) | undefined;
  /** Makes a new run that goes on from here; left out where none can be made. */
  readonly onFork?: ((changed: Partial<Record<Changeable, number>>) => void) | undefined;
  /** Another run's curves, beneath this one's. */
  readonly overlay?: Overlay | undefined;
  /** The folder of the run, as the user would type it. */
  readonly folder?: string;
  /** Where keys, or typed words, come from; the process' own where it is left out. */
  readonly stdin?: NodeJS.ReadStream;
  /** The bytes of a validation image, by its index. */
  readonly imageOf?: ((index: number) => Uint8Array) | undefined;
  /** The live ones, which stand still while an event is delivered; `undefined` until the run has started. */
  readonly parameters?: (() => ModelParameters | undefined) | undefined;
  /** Writes a file among the run's artifacts, whole or not at all, and gives its path. */
  readonly savePicture?: ((name: string, content: Uint8Array | string) => Promise<string>) | undefined;
}

/** Subscribes at once; resolves when the stream has completed. What is no event of the run only a dashboard shows. */
export type Report = (events: Observable<ShownEvent>, options: ReportOptions) => Promise<void>;

/** React and Ink are loaded only where they are shown. */
export async function loadReporter(reporter: Reporter): Promise<Report> {
  switch (reporter) {
    case "json":
      return (events) => reportJson(events.pipe(filter(isTrainingEvent)), print);
    case "lines":
      return (events, { formats }) => reportLines(events.pipe(filter(isTrainingEvent)), print, formats);
    case "sentences":
      return (events, options) =>
        reportSentences(events.pipe(filter(isTrainingEvent)), {
          ...options,
          print,
          input: options.stdin ?? process.stdin,
        });
    case "dashboard": {
      const { openDashboard } = await import("../dashboard/dashboard.tsx");
      return (events, options) => openDashboard({ events, ...options }).done;
    }
  }
}
