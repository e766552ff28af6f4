// A run's events, for RxJS and for `for await`.
import { Observable } from "rxjs";
import type { TrainingEvent } from "../events.ts";

/**
 * Cold: each subscription, and each `for await`, is a run of its own. A loop that is left ends its run. A slow loop
 * loses no event and doesn't slow training down: what it has not taken yet waits for it.
 */
export class EventStream extends Observable<TrainingEvent> implements AsyncIterable<TrainingEvent> {
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingEvent, void, undefined> {
    let waiting: TrainingEvent[] = [];
    let isOver = false;
    let failure: { readonly error: unknown } | undefined;
    let wake = (): void => {};
    const end = (error?: { readonly error: unknown }): void => {
      isOver = true;
      failure = error;
      wake();
    };
    const subscription = this.subscribe({
      next(event) {
        waiting.push(event);
        wake();
      },
      error: (error: unknown) => end({ error }),
      complete: () => end(),
    });
    try {
      for (;;) {
        const events = waiting;
        waiting = [];
        yield* events;
        if (waiting.length > 0) continue;
        if (failure !== undefined) throw failure.error;
        if (isOver) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      subscription.unsubscribe();
    }
  }
}
