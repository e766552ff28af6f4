// Several sources of which one may fail: the others are read on.
import { catchError, defer, EMPTY, tap, throwError } from "rxjs";
import { OPENED_MS, type SourceEvents } from "./source-events.ts";

/**
 * The same sources, where one that fails later than as it is opened completes instead, and `onFailed` is called. The last
 * of all fails.
 */
export function lastingSources(
  sources: readonly SourceEvents[],
  onFailed: (name: string, error: unknown) => void,
  now: () => number = Date.now,
): readonly SourceEvents[] {
  let left = sources.length;
  return sources.map(({ name, events, hasEnd }) => ({
    name,
    hasEnd,
    events: defer(() => {
      const openedAt = now();
      let hasEmitted = false;
      return events.pipe(
        tap(({ type }) => {
          if (type !== "alert") hasEmitted = true;
        }),
        catchError((error: unknown) => {
          left--;
          const isOpening = !hasEmitted && now() - openedAt <= OPENED_MS;
          if (isOpening || left === 0) return throwError(() => error);
          onFailed(name, error);
          return EMPTY;
        }),
      );
    }),
  }));
}
