// The board over time.

import { connectFrames, type FrameOptions, type Frames } from "@trainscope/tui/parts";
import type { Severity } from "@trainscope/tui/text";
import type { Observable } from "rxjs";
import type { SweepEvent } from "../events.ts";
import { addToBoard, type BoardRequest } from "./add-event.ts";
import { type Board, newBoard } from "./board.ts";

export interface BoardStore extends Frames<Board> {
  /** Shows at once that a stop was asked for. */
  readonly requestStop: () => void;
  /** Says something in place of the keys. */
  readonly print: (severity: Severity, text: string) => void;
  /** A key was pressed: what was said has been read. */
  readonly hush: () => void;
  disconnect(): void;
}

type Options = Pick<FrameOptions<Board, SweepEvent | BoardRequest>, "now" | "onEnd" | "frameMs"> &
  Partial<Pick<Board, "isWatched">>;

/** Subscribes to the events; `onEnd` is called once, when they complete or fail. */
export function connectBoard(events: Observable<SweepEvent>, { isWatched, ...options }: Options): BoardStore {
  const frames = connectFrames<Board, SweepEvent | BoardRequest>(events, {
    ...options,
    initial: newBoard(isWatched),
    reduce: addToBoard,
  });
  return {
    ...frames,
    requestStop: () => frames.show({ type: "request:stop" }),
    print: (_, text) => frames.show({ type: "notice", text }),
    hush: () => frames.snapshot().notice !== undefined && frames.show({ type: "notice" }),
  };
}
