// One event of a study a line on stdout, and nothing else there. Reports of batches are left out.
import { isPersisted, type StudyEvent } from "@trainscope/core";
import type { Observable } from "rxjs";
import { jsonText } from "../output/json-text.ts";
import type { Print } from "../output/print.ts";

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
