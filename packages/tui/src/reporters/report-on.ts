// Shows a run by its reporter, and goes on in lines where the dashboard breaks: training is worth more than its picture.

import { messageOf } from "@trainscope/core/errors";
import type { RunStartEvent } from "@trainscope/core/events";
import type { ShownEvent } from "@trainscope/core/source";
import { concat, type Observable, of, share, tap } from "rxjs";
import { tell } from "../output/print.ts";
import type { Reporter } from "./choose.ts";
import { loadReporter, type Report, type ReportOptions } from "./report.ts";

/** Subscribes once, whatever becomes of the dashboard; rejects where the events fail. Reporters come from `load`. */
export async function reportOn(
  reporter: Reporter,
  events: Observable<ShownEvent>,
  options: ReportOptions,
  load: (reporter: Reporter) => Promise<Report> = loadReporter,
): Promise<void> {
  let start: RunStartEvent | undefined;
  let haveFailed = false;
  const shared = events.pipe(
    tap({
      next(event) {
        if (event.type === "run:start") start = event;
      },
      error() {
        haveFailed = true;
      },
    }),
    // Goes on while nobody looks.
    share({ resetOnComplete: false, resetOnError: false, resetOnRefCountZero: false }),
  );
  try {
    const report = await load(reporter);
    await report(shared, options);
  } catch (error) {
    if (reporter !== "dashboard" || haveFailed) throw error;
    tell(`the dashboard broke: ${messageOf(error)}. The run goes on, in lines.`);
    const report = await load("lines");
    await report(start === undefined ? shared : concat(of(start), shared), options);
  }
}
