// The local socket in a run's folder, where others watch the run and one of them may control it.

import { createServer } from "node:net";
import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { Observable } from "rxjs";
import { reasonOf } from "../files/run-folder.ts";
import { openOwnedSocket } from "./owned-socket.ts";
import { Viewers } from "./viewers.ts";

export interface RunServer {
  hasViewers(): boolean;
  /** Lets viewers have what they were sent, for 0.3 seconds at the most, and removes the socket. Never rejects. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Those of the run as they are told; subscribed to at once, and once. */
  readonly events: Observable<TrainingEvent>;
  readonly onControl: (control: Control) => void;
  /** A viewer has taken control of the run, or has let go of it. */
  readonly onWriter?: (isThere: boolean) => void;
  /** Called once where there can be no socket, with a sentence. */
  readonly onTrouble: (message: string) => void;
}

/** Milliseconds. A viewer that is suspended shall not keep the process. */
const LAST_WORDS_MS = 300;

/** Opens `control.sock` in the run's folder, for its owner alone. Never rejects. */
export async function serveRun(folder: string, options: ServeOptions): Promise<RunServer> {
  const { events, onControl, onWriter = () => {}, onTrouble } = options;
  let isClosing = false;
  const viewers = new Viewers({
    onControl,
    onWriter(isThere) {
      if (!isClosing) onWriter(isThere);
    },
  });
  const subscription = events.subscribe({
    next: (event) => viewers.tell(event),
    // Of a run that fails the others hear by other ways.
    error: () => {},
  });
  const server = createServer((socket) => viewers.welcome(socket)).unref();
  const remove = await openOwnedSocket(server, folder).catch((error) => {
    onTrouble(`trainscope attach can't reach this run, only read its log: ${reasonOf(error)}`);
    return undefined;
  });

  return {
    hasViewers: () => viewers.size > 0,
    async close() {
      isClosing = true;
      subscription.unsubscribe();
      await remove?.();
      viewers.endAll();
      const closed = new Promise((resolve) => server.close(resolve));
      const timer = setTimeout(() => viewers.dismissAll(), LAST_WORDS_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
