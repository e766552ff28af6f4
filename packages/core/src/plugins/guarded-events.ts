// An Observable for plugins: what their handlers throw is caught and counted. Plain RxJS throws it again later, out
// of anyone's reach, which would end the process; so does a handler's promise that rejects. Handlers that subscribe to the
// events, or to what operators make of them, are covered. Those of a new Observable that the events were merged into are
// not, nor are promises that nobody is given, such as those of a function that an operator calls for its effect alone.
import { Observable, type Observer, type OperatorFunction, Subscriber, type Subscription } from "rxjs";
import type { Guard } from "../guard/guard.ts";

export class GuardedObservable<Value> extends Observable<Value> {
  readonly #guard: Guard;

  constructor(source: Observable<Value>, guard: Guard) {
    super((subscriber) => source.subscribe(subscriber));
    this.#guard = guard;
  }

  /** What operators make of it is guarded too. */
  // biome-ignore lint/suspicious/noExplicitAny: RxJS types a chain of operators of any length this way.
  override pipe(...operators: OperatorFunction<any, any>[]): Observable<any> {
    const piped = operators.reduce<Observable<unknown>>((source, operator) => operator(source), this);
    return new GuardedObservable(piped, this.#guard);
  }

  override subscribe(
    observerOrNext?: Partial<Observer<Value>> | ((value: Value) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    // An operator's own subscriber already turns what is thrown into an error of its stream.
    if (observerOrNext instanceof Subscriber) return super.subscribe(observerOrNext);
    const observer: Partial<Observer<Value>> =
      typeof observerOrNext === "object" && observerOrNext !== null
        ? observerOrNext
        : {
            ...(observerOrNext ? { next: observerOrNext } : {}),
            ...(error ? { error } : {}),
            ...(complete ? { complete } : {}),
          };
    const attempt = (hook: string, body: () => unknown): void => {
      try {
        this.#guard.watch(hook, body());
      } catch (thrown) {
        this.#guard.fail(hook, thrown);
      }
    };
    return super.subscribe({
      next: (value) => attempt("next", () => observer.next?.(value)),
      error: (thrown) => {
        if (observer.error) attempt("error", () => observer.error?.(thrown));
        else this.#guard.fail("events", thrown);
      },
      complete: () => attempt("complete", () => observer.complete?.()),
    });
  }

  /** Resolves when the events are over. What goes wrong is counted, and rejects nothing that nobody may look at. */
  override forEach(next: (value: Value) => void): Promise<void> {
    return new Promise((resolve) => {
      this.subscribe({
        next,
        error: (thrown) => {
          this.#guard.fail("events", thrown);
          resolve();
        },
        complete: resolve,
      });
    });
  }
}
