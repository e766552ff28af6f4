// A state over time, for a screen to show: each event counts at once, and is seen with the next frame.
import { audit, type Observable, Subject, timer } from "rxjs";

/** Ten frames a second at most. */
export const FRAME_MS = 100;

/** What a screen's state is made of. */
export interface FrameOptions<State, Event> {
  readonly initial: State;
  readonly reduce: (state: State, event: Event) => State;
  readonly now: () => number;
  /** Called once, when the events complete or fail. */
  readonly onEnd: (error?: unknown) => void;
  /** Milliseconds from one frame to the next, asked before each; `FRAME_MS` where it is missing. */
  readonly frameMs?: (() => number) | undefined;
}

/** What a component takes its state from. */
export interface Frames<State> {
  readonly snapshot: () => State;
  /** Calls back when there is something new to draw. */
  readonly subscribe: (onChange: () => void) => () => void;
  /** By the clock of the newest event, which in a replay isn't the present. */
  readonly clock: () => number | undefined;
}

export interface ConnectedFrames<State, Event> extends Frames<State> {
  /** An event from elsewhere, seen with the next frame. */
  readonly add: (event: Event) => void;
  /** The same, seen at once. */
  readonly show: (event: Event) => void;
  disconnect(): void;
}

/** Subscribes to the events; `time` of a state is that of its newest event. */
export function connectFrames<State extends { readonly time: number | undefined }, Event>(
  events: Observable<Event>,
  { initial, reduce, now, onEnd, frameMs = () => FRAME_MS }: FrameOptions<State, Event>,
): ConnectedFrames<State, Event> {
  let state = initial;
  let receivedAt = now();
  const arrivals = new Subject<void>();
  const frames = new Subject<void>();
  arrivals.pipe(audit(() => timer(frameMs()))).subscribe(frames);
  const subscription = events.subscribe({
    next(event) {
      state = reduce(state, event);
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
    clock: () => (state.time === undefined ? undefined : state.time + Math.max(0, now() - receivedAt)),
    add(event) {
      state = reduce(state, event);
      arrivals.next();
    },
    show(event) {
      state = reduce(state, event);
      frames.next();
    },
    disconnect() {
      subscription.unsubscribe();
      arrivals.complete();
    },
  };
}
