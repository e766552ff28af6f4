// One persisted event a line on stdout, and nothing else there.
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import type { Observable } from "rxjs";
import { jsonText } from "../output/json-text.ts";
import type { Print } from "../output/print.ts";

/** Prints each event as a line of JSON. Resolves when the run has ended. */
export function reportJson(events: Observable<TrainingEvent>, print: Print): Promise<void> {
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        if (isPersisted(event)) print(jsonText(event));
      },
      error: reject,
      complete: resolve,
    });
  });
}
