// One event of a study a line on stdout, and nothing else there. Reports of batches are left out.
import { isPersisted } from "@trainscope/core/events";
import type { StudyEvent } from "@trainscope/study";
import type { Print } from "@trainscope/tui/output";
import { jsonText } from "@trainscope/tui/output";
import type { Observable } from "rxjs";

export function reportStudyJson(events: Observable<StudyEvent>, print: Print): Promise<void> {
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        if (event.type !== "trial:event" || isPersisted(event.event)) print(jsonText(event));
      },
      error: reject,
      complete: resolve,
    });
  });
}
