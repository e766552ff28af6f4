// The state of a run's screen over time. A key's own effect is seen without waiting for a frame.

import type { TrainingEvent } from "@trainscope/core";
import type { Observable } from "rxjs";
import type { Severity } from "../../text/describe-event.ts";
import { connectFrames, type FrameOptions, type Frames } from "./frames.ts";
import { type DashboardEvent, dashboardReducer, type RequestEvent } from "./reducer.ts";
import { type DashboardState, initialState } from "./state.ts";

export interface DashboardStore extends Frames<DashboardState> {
  readonly request: (action: RequestEvent["action"]) => void;
  /** A line for the log that is no training event. */
  readonly print: (severity: Severity, text: string) => void;
}

export type StoreOptions = Pick<FrameOptions<DashboardState, DashboardEvent>, "now" | "onEnd" | "frameMs">;

export interface ConnectedStore extends DashboardStore {
  disconnect(): void;
}

/** Subscribes to the events; `onEnd` is called once, when they complete or fail. */
export function connectStore(events: Observable<TrainingEvent>, options: StoreOptions): ConnectedStore {
  const frames = connectFrames<DashboardState, DashboardEvent>(events, {
    ...options,
    initial: initialState(),
    reduce: dashboardReducer,
  });
  return {
    ...frames,
    request: (action) => frames.show({ type: "request", action }),
    print: (severity, text) => frames.add({ type: "print", time: options.now(), severity, text }),
  };
}
