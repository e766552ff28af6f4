// The state of a study's screen over time.
import type { StudyEvent } from "@trainscope/study";
import { connectFrames, type FrameOptions, type Frames } from "@trainscope/tui/parts";
import type { Severity } from "@trainscope/tui/text";
import type { Observable } from "rxjs";
import { addToStudy, type StudyViewEvent } from "./add-event.ts";
import { initialStudyState, type StudyState } from "./state.ts";

export interface StudyStore extends Frames<StudyState> {
  /** Shows at once that a stop was asked for. */
  readonly requestStop: () => void;
  /** A line for the log that is no event. */
  readonly print: (severity: Severity, text: string) => void;
}

export type StudyStoreOptions = Pick<FrameOptions<StudyState, StudyViewEvent>, "now" | "onEnd" | "frameMs">;

export interface ConnectedStudyStore extends StudyStore {
  disconnect(): void;
}

/** Subscribes to the events; `onEnd` is called once, when they complete or fail. */
export function connectStudy(events: Observable<StudyEvent>, options: StudyStoreOptions): ConnectedStudyStore {
  const frames = connectFrames<StudyState, StudyViewEvent>(events, {
    ...options,
    initial: initialStudyState(),
    reduce: addToStudy,
  });
  return {
    ...frames,
    requestStop: () => frames.show({ type: "request:stop" }),
    print: (severity, text) => frames.add({ type: "print", time: options.now(), severity, text }),
  };
}
