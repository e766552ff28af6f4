// One event of a study a line on stdout, and nothing else there. Reports of batches are left out.
import { isPersisted, type StudyEvent } from "@trainscope/core";
import type { Observable } from "rxjs";

export function reportStudyJson(events: Observable<StudyEvent>, write: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        if (event.type !== "trial:event" || isPersisted(event.event)) write(`${JSON.stringify(event)}\n`);
      },
      error: reject,
      complete: resolve,
    });
  });
}
