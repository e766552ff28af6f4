// Shows a run through the chosen reporter until its stream completes.
import type { Control, TrainingEvent } from "@trainscope/core";
import type { Observable } from "rxjs";
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
}

export async function report(
  reporter: Reporter,
  events: Observable<TrainingEvent>,
  options: ReportOptions,
): Promise<void> {
  const write = (text: string): void => void process.stdout.write(text);
  switch (reporter) {
    case "json":
      return reportJson(events, write);
    case "lines":
      return reportLines(events, write, options.formats);
    case "dashboard": {
      // React and Ink are loaded only where they are shown.
      const { showDashboard } = await import("../dashboard/dashboard.tsx");
      await showDashboard({ events, ...options }).done;
    }
  }
}
