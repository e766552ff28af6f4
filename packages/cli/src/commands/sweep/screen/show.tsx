// A sweep on the live screen: on the terminal's alternate screen until its events end.

import { type Live, showLive } from "@trainscope/tui/components";
import type { Observable } from "rxjs";
import type { StopHandlers } from "../../../interrupts.ts";
import type { SweepEvent } from "../events.ts";
import { BoardApp } from "./app.tsx";
import { connectBoard } from "./store.ts";

export interface BoardOptions extends StopHandlers {
  readonly events: Observable<SweepEvent>;
  readonly stdout?: NodeJS.WriteStream;
  readonly stdin?: NodeJS.ReadStream;
  readonly now?: () => number;
  readonly isWatched?: boolean;
}

/** Subscribes to the events and shows them until they end. */
export function showSweep({
  events,
  now = Date.now,
  isWatched = false,
  stdout,
  stdin,
  ...handlers
}: BoardOptions): Live {
  return showLive({
    connect: (connection) => connectBoard(events, { now, isWatched, ...connection }),
    draw: (store, theme) => <BoardApp store={store} theme={theme} {...handlers} />,
    stdout,
    stdin,
  });
}
