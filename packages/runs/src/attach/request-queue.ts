// What a viewer asks for, taken at a pace that leaves the process to its training. One that asks faster is read from no more
// until it is its turn again, and so is held up by the system itself.
import type { Socket } from "node:net";

/** So many are taken at once; more than a person's keys ever ask for. */
export const MOST_AT_ONCE = 64;
/** Milliseconds until so many more are. */
export const PAUSE_MS = 50;

export interface RequestQueue {
  /** What came in one piece is taken in its order, some of it later perhaps. */
  add(take: () => void): void;
  close(): void;
}

export function createRequestQueue(socket: Pick<Socket, "pause" | "resume">): RequestQueue {
  let waiting: (() => void)[] = [];
  let left = MOST_AT_ONCE;
  let timer: NodeJS.Timeout | undefined;

  function takeSome(): void {
    const due = waiting.splice(0, left);
    left -= due.length;
    for (const take of due) take();
    if (left > 0 || timer !== undefined) return;
    socket.pause();
    timer = setTimeout(resume, PAUSE_MS).unref();
  }

  function resume(): void {
    timer = undefined;
    left = MOST_AT_ONCE;
    takeSome();
    if (timer === undefined) socket.resume();
  }

  return {
    add(take) {
      waiting.push(take);
      takeSome();
    },
    close() {
      clearTimeout(timer);
      waiting = [];
    },
  };
}
