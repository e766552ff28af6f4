// The state of a run's screen over time. A key's own effect is seen without waiting for a frame.

import type { Control, ModelParameters } from "@trainscope/core";
import type { ShownEvent } from "@trainscope/core/source";
import type { Observable } from "rxjs";
import type { Severity } from "../../text/describe-event.ts";
import { addToDashboard, type DashboardEvent } from "./add-event.ts";
import { connectFrames, type FrameOptions, type Frames } from "./frames.ts";
import { type DashboardState, initialState } from "./state.ts";

export interface DashboardStore extends Frames<DashboardState> {
  /** Shows at once what was asked of the trainer. */
  readonly request: (control: Control) => void;
  /** A line for the log that is no training event. */
  readonly print: (severity: Severity, text: string) => void;
}

type FrameTiming = Pick<FrameOptions<DashboardState, DashboardEvent>, "now" | "onEnd" | "frameMs">;

export interface StoreOptions extends FrameTiming {
  /** The model as it is now. Asked for while an `epoch:end` is being delivered, when it stands still, and copied. */
  readonly parameters?: (() => ModelParameters | undefined) | undefined;
}

export interface ConnectedStore extends DashboardStore {
  disconnect(): void;
}

/** Subscribes to the events; `onEnd` is called once, when they complete or fail. */
export function connectStore(events: Observable<ShownEvent>, options: StoreOptions): ConnectedStore {
  const frames = connectFrames<DashboardState, DashboardEvent>(events, {
    ...options,
    initial: initialState(),
    reduce: (state, event) => withParameters(addToDashboard(state, event), event, options.parameters),
  });
  return {
    ...frames,
    request: (control) => frames.show({ type: "request", control }),
    print: (severity, text) => frames.add({ type: "print", time: options.now(), severity, text }),
  };
}

/** Takes some 30 µs for the 30,730 numbers of CIFAR-10, a small part of the shortest epoch. */
function withParameters(
  state: DashboardState,
  event: DashboardEvent,
  read: StoreOptions["parameters"],
): DashboardState {
  const live = event.type === "epoch:end" ? read?.() : undefined;
  if (live === undefined) return state;
  const values = { ...live, weights: live.weights.slice(), biases: live.biases.slice() };
  return { ...state, parameters: { epoch: state.epoch, values } };
}
