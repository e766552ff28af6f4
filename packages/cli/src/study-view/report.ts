// What tells of a study while it runs, by name.

import type { StudyEvent } from "@trainscope/study";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { print } from "@trainscope/tui/output";
import type { Observable } from "rxjs";
import type { StopHandlers } from "../interrupts.ts";
import { reportStudyJson } from "./json.ts";
import { reportStudyLines } from "./lines.ts";

/** Subscribes at once; resolves when the stream has completed, with the terminal as it was before. */
export type StudyReport = (events: Observable<StudyEvent>, options: StopHandlers) => Promise<void>;

/** React and Ink are loaded only where they are shown. */
export async function loadStudyReporter(reporter: Reporter): Promise<StudyReport> {
  switch (reporter) {
    case "json":
      return (events) => reportStudyJson(events, print);
    case "lines":
    // A study's lines are sentences already.
    case "sentences":
      return (events) => reportStudyLines(events, print);
    case "dashboard": {
      const { showStudy } = await import("./dashboard.tsx");
      return (events, options) => showStudy({ events, ...options }).done;
    }
  }
}
