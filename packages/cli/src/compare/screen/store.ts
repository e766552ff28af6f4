// What the screen shows over time: the comparison, which changes while runs are trained, and what was last said.

import { connectFrames, type FrameOptions, type Frames } from "@trainscope/tui/parts";
import type { Severity } from "@trainscope/tui/text";
import type { Observable } from "rxjs";
import type { Comparison } from "../comparison.ts";

export interface CompareState {
  readonly comparison: Comparison;
  readonly notice: string | undefined;
  readonly time: number | undefined;
}

export interface CompareStore extends Frames<CompareState> {
  /** Says something in place of the keys. */
  readonly print: (severity: Severity, text: string) => void;
  /** A key was pressed: what was said has been read. */
  readonly hush: () => void;
  disconnect(): void;
}

type CompareEvent = Comparison | { readonly notice: string | undefined };

/** `comparisons` are those after the first. */
export function connectCompare(
  first: Comparison,
  comparisons: Observable<Comparison>,
  options: Pick<FrameOptions<CompareState, CompareEvent>, "now" | "onEnd" | "frameMs">,
): CompareStore {
  const frames = connectFrames<CompareState, CompareEvent>(comparisons, {
    ...options,
    // Runs that no longer change are looked at all the same: only a key ends the screen.
    onEnd: (error) => error !== undefined && options.onEnd(error),
    initial: { comparison: first, notice: undefined, time: undefined },
    reduce: (state, event) =>
      "runs" in event ? { ...state, comparison: event } : { ...state, notice: event.notice },
  });
  return {
    ...frames,
    print: (_, notice) => frames.show({ notice }),
    hush: () => frames.snapshot().notice !== undefined && frames.show({ notice: undefined }),
  };
}
