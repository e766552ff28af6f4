// A run for reporters that can't take back what they have said: of a run that is told anew, only what is new.
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import { isTrainingEvent, type ShownEvent } from "@trainscope/core/source";
import { filter, type Observable } from "rxjs";

/** Events are known by their `seq` and their time. */
export function withoutRepeats(events: Observable<ShownEvent>): Observable<TrainingEvent> {
  const emitted = new Map<number, number>();
  return events.pipe(
    filter(isTrainingEvent),
    filter((event) => {
      if (!isPersisted(event)) return true;
      const isNew = emitted.get(event.seq) !== event.time;
      emitted.set(event.seq, event.time);
      return isNew;
    }),
  );
}
