// One persisted event a line on stdout, and nothing else there.
import { isPersisted, type TrainingEvent } from "@trainscope/core";
import type { Observable } from "rxjs";

export function reportJson(events: Observable<TrainingEvent>, write: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        if (isPersisted(event)) write(`${JSON.stringify(event)}\n`);
      },
      error: reject,
      complete: resolve,
    });
  });
}
