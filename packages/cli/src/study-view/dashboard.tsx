// A study on the live screen: on the terminal's alternate screen until its events end.
import type { StudyEvent } from "@trainscope/study";
import { type Live, showLive } from "@trainscope/tui/components";
import type { Observable } from "rxjs";
import type { StopHandlers } from "../interrupts.ts";
import { StudyDashboard } from "./components/app.tsx";
import { connectStudy } from "./model/store.ts";

export interface StudyDashboardOptions extends StopHandlers {
  readonly events: Observable<StudyEvent>;
  readonly stdout?: NodeJS.WriteStream;
  readonly stdin?: NodeJS.ReadStream;
  readonly now?: () => number;
}

/** Subscribes to the events and shows them until they end. */
export function showStudy(options: StudyDashboardOptions): Live {
  const { events, onStop, onInterrupt, onQuit, now = Date.now } = options;
  return showLive({
    connect: (connection) => connectStudy(events, { now, ...connection }),
    draw: (store, theme) => (
      <StudyDashboard store={store} theme={theme} onStop={onStop} onInterrupt={onInterrupt} onQuit={onQuit} />
    ),
    stdout: options.stdout,
    stdin: options.stdin,
  });
}
