// The state of the screen over time: each event counts at once, and is seen with the next frame. A key's own
// effect is seen without waiting for a frame.

import type { TrainingEvent } from "@trainscope/core";
import { audit, type Observable, Subject, timer } from "rxjs";
import type { Severity } from "../../text/describe-event.ts";
import { type DashboardEvent, dashboardReducer, type RequestEvent } from "./reducer.ts";
import { type DashboardState, initialState } from "./state.ts";

/** Ten frames a second at most. */
export const FRAME_MS = 100;

export interface DashboardStore {
  readonly snapshot: () => DashboardState;
  /** Calls back when there is something new to draw. */
  readonly subscribe: (onChange: () => void) => () => void;
  readonly request: (action: RequestEvent["action"]) => void;
  /** A line for the log that is no training event. */
  readonly print: (severity: Severity, text: string) => void;
  /** By the clock of the newest event, which in a replay isn't the present. */
  readonly clock: () => number | undefined;
}

export interface StoreOptions {
  readonly now: () => number;
  readonly onEnd: (error?: unknown) => void;
  /** Milliseconds from one frame to the next, asked before each; `FRAME_MS` where it is missing. */
  readonly frameMs?: () => number;
}

export interface ConnectedStore extends DashboardStore {
  disconnect(): void;
}

/** Subscribes to the events; `onEnd` is called once, when they complete or fail. */
export function connectStore(
  events: Observable<TrainingEvent>,
  { now, onEnd, frameMs = () => FRAME_MS }: StoreOptions,
): ConnectedStore {
  let state = initialState();
  let receivedAt = now();
  const arrivals = new Subject<void>();
  const frames = new Subject<void>();
  arrivals.pipe(audit(() => timer(frameMs()))).subscribe(frames);
  const reduce = (event: DashboardEvent): void => {
    state = dashboardReducer(state, event);
  };
  const subscription = events.subscribe({
    next(event) {
      reduce(event);
      receivedAt = now();
      arrivals.next();
    },
    complete: () => onEnd(),
    error: (error: unknown) => onEnd(error),
  });
  return {
    snapshot: () => state,
    subscribe(onChange) {
      const listening = frames.subscribe(onChange);
      return () => listening.unsubscribe();
    },
    request(action) {
      reduce({ type: "request", action });
      frames.next();
    },
    print(severity, text) {
      reduce({ type: "print", time: now(), severity, text });
      arrivals.next();
    },
    clock: () => (state.time === undefined ? undefined : state.time + Math.max(0, now() - receivedAt)),
    disconnect() {
      subscription.unsubscribe();
      arrivals.complete();
    },
  };
}
