// A run's events, for RxJS and for `for await`.
import { Observable, type Subscription } from "rxjs";
import type { TrainingEvent } from "../events.ts";

type Result = IteratorResult<TrainingEvent, undefined>;

/**
 * Cold: each subscription, and each `for await`, is a run of its own. A loop that is left ends its run. A slow loop
 * loses no event and doesn't slow training down: what it has not taken yet waits for it.
 */
export class EventStream extends Observable<TrainingEvent> implements AsyncIterable<TrainingEvent> {
  [Symbol.asyncIterator](): AsyncIterator<TrainingEvent, undefined> {
    return new EventIterator(this);
  }
}

/** Not an async generator: its `return` would wait for an event that a paused run doesn't tell. */
class EventIterator implements AsyncIterator<TrainingEvent, undefined> {
  readonly #stream: EventStream;
  #subscription: Subscription | undefined;
  /** What has come and was not asked for yet, from `#taken` on. */
  #events: TrainingEvent[] = [];
  #taken = 0;
  /** Who has asked for what has not come yet. */
  #waiting: PromiseWithResolvers<Result>[] = [];
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(stream: EventStream) {
    this.#stream = stream;
  }

  next(): Promise<Result> {
    this.#subscribe();
    const event = this.#events[this.#taken];
    if (event !== undefined) {
      if (++this.#taken === this.#events.length) this.#forget();
      return Promise.resolve({ done: false, value: event });
    }
    const failure = this.#failure;
    if (failure !== undefined) {
      this.#failure = undefined;
      return Promise.reject(failure.error);
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    const asked = Promise.withResolvers<Result>();
    this.#waiting.push(asked);
    return asked.promise;
  }

  /** Ends the run, whatever it waits for. */
  return(): Promise<Result> {
    this.#isOver = true;
    this.#subscription?.unsubscribe();
    this.#forget();
    this.#tellEnd();
    return Promise.resolve({ done: true, value: undefined });
  }

  #subscribe(): void {
    if (this.#subscription !== undefined || this.#isOver) return;
    this.#subscription = this.#stream.subscribe({
      next: (event) => {
        const asked = this.#waiting.shift();
        if (asked === undefined) this.#events.push(event);
        else asked.resolve({ done: false, value: event });
      },
      error: (error: unknown) => {
        this.#isOver = true;
        const asked = this.#waiting.shift();
        if (asked === undefined) this.#failure = { error };
        else asked.reject(error);
        this.#tellEnd();
      },
      complete: () => {
        this.#isOver = true;
        this.#tellEnd();
      },
    });
  }

  #tellEnd(): void {
    for (const asked of this.#waiting.splice(0)) asked.resolve({ done: true, value: undefined });
  }

  #forget(): void {
    this.#events = [];
    this.#taken = 0;
  }
}
