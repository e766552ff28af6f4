// The reporters, by name.
import type { Control, Parameters, TrainingEvent } from "@trainscope/core";
import type { Observable } from "rxjs";
import { reportSentences } from "../sentences/report-sentences.ts";
import type { Formats } from "../text/format-metric.ts";
import type { Reporter } from "./choose.ts";
import { reportJson } from "./json.ts";
import { reportLines } from "./lines.ts";

export interface ReportOptions {
  readonly formats: Formats;
  readonly onControl: (control: Control) => void;
  /** Ctrl-C was typed at the dashboard, which asks for what follows through the others. */
  readonly onInterrupt: () => void;
  readonly onQuit: () => void;
  /** The folder of the run, as the user would type it. */
  readonly folder: string;
  /** The bytes of a validation image, by its index. */
  readonly imageOf: (index: number) => Uint8Array;
  /** The live ones, which stand still while an event is delivered; `undefined` until the run has started. */
  readonly parameters: () => Parameters | undefined;
  /** Writes a file among the run's artifacts, whole or not at all, and gives its path. */
  readonly savePicture: (name: string, content: Uint8Array | string) => Promise<string>;
}

/** Subscribes at once; resolves when the stream has completed. */
export type Report = (events: Observable<TrainingEvent>, options: ReportOptions) => Promise<void>;

/** React and Ink are loaded only where they are shown. */
export async function loadReporter(reporter: Reporter): Promise<Report> {
  const write = (text: string): void => void process.stdout.write(text);
  switch (reporter) {
    case "json":
      return (events) => reportJson(events, write);
    case "lines":
      return (events, { formats }) => reportLines(events, write, formats);
    case "sentences":
      return (events, options) => reportSentences(events, { ...options, write, input: process.stdin });
    case "dashboard": {
      const { showDashboard } = await import("../dashboard/dashboard.tsx");
      return (events, options) => showDashboard({ events, ...options }).done;
    }
  }
}
