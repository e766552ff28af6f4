// The local socket in a run's folder, where others watch the run and one of them may control it. Whatever a viewer does,
// training neither waits for it nor fails.

import { createServer, type Socket } from "node:net";
import type { Control, TrainingEvent } from "@trainscope/core";
import type { Observable } from "rxjs";
import { createLineSplitter } from "../run-files/line-splitter.ts";
import { reasonOf } from "../run-folder.ts";
import { openOwnedSocket } from "./owned-socket.ts";
import { type FromRun, PROTOCOL_VERSION, readRequest } from "./protocol.ts";
import { createRecentEvents } from "./recent-events.ts";
import { createRequestQueue } from "./request-queue.ts";

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

/** Bytes that may wait for a viewer beyond those that it was greeted with. */
const MOST_WAITING = 1 << 20;
const MOST_VIEWERS = 16;
const LONGEST_REQUEST = 1 << 12;
/** Then a viewer is shown the door. */
const MOST_REFUSED = 100;
/** Milliseconds. A viewer that is suspended shall not keep the process. */
const LAST_WORDS_MS = 300;

interface Viewer {
  readonly socket: Socket;
  /** Bytes that may wait for it. */
  readonly most: number;
}

/** Opens `control.sock` in the run's folder, for its owner alone. Never rejects. */
export async function serveRun(folder: string, options: ServeOptions): Promise<RunServer> {
  const { events, onControl, onWriter = () => {}, onTrouble } = options;
  const recent = createRecentEvents();
  const viewers = new Set<Viewer>();
  let writer: Viewer | undefined;
  let isClosing = false;

  function send(viewer: Viewer, line: string): void {
    if (viewer.socket.writableLength > viewer.most) dismiss(viewer);
    else viewer.socket.write(line);
  }

  function dismiss(viewer: Viewer): void {
    viewers.delete(viewer);
    viewer.socket.destroy();
    if (writer !== viewer) return;
    writer = undefined;
    if (!isClosing) onWriter(false);
  }

  function welcome(socket: Socket): void {
    // Before all else: an error that nobody hears of would end the process.
    socket.on("error", () => {});
    if (viewers.size >= MOST_VIEWERS) {
      socket.write(lineOf({ refused: `the run has ${MOST_VIEWERS} viewers already` }));
      socket.destroySoon();
      return;
    }
    const greeting = [
      lineOf({ hello: PROTOCOL_VERSION }),
      ...recent.all().map((event) => lineOf({ event })),
    ].join("");
    const viewer = { socket, most: MOST_WAITING + Buffer.byteLength(greeting) };
    let refusals = 0;
    const refuse = (reason: string): void => {
      if (++refusals > MOST_REFUSED) dismiss(viewer);
      else send(viewer, lineOf({ refused: reason }));
    };
    const requests = createRequestQueue(socket);
    const lines = createLineSplitter(
      {
        onLine: (line) =>
          requests.add(() => {
            const refused = viewers.has(viewer) ? obey(viewer, line) : undefined;
            if (refused !== undefined) refuse(refused);
          }),
        onTooLong: () => requests.add(() => refuse(`the line is longer than ${LONGEST_REQUEST} bytes`)),
      },
      LONGEST_REQUEST,
    );
    socket.on("data", (bytes) => lines.add(bytes));
    socket.on("close", () => {
      requests.close();
      dismiss(viewer);
    });
    viewers.add(viewer);
    socket.write(greeting);
  }

  /** Gives why what was asked for is not done, as a clause. */
  function obey(viewer: Viewer, line: string): string | undefined {
    const request = readRequest(line);
    if (typeof request === "string") return request;
    if ("claim" in request) {
      if (writer !== undefined && writer !== viewer) return "another terminal has control of the run";
      const isNew = writer === undefined;
      writer = viewer;
      send(viewer, lineOf({ granted: true }));
      if (isNew) onWriter(true);
    } else {
      if (writer !== viewer) return "only the terminal that has control of the run may do that";
      onControl(request.control);
    }
  }

  const subscription = events.subscribe({
    next(event) {
      recent.add(event);
      if (viewers.size === 0) return;
      const line = lineOf({ event });
      for (const viewer of viewers) send(viewer, line);
    },
    // Of a run that fails the others hear by other ways.
    error: () => {},
  });
  const server = createServer(welcome).unref();
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
      for (const { socket } of viewers) socket.destroySoon();
      const closed = new Promise((resolve) => server.close(resolve));
      const timer = setTimeout(() => {
        for (const viewer of viewers) dismiss(viewer);
      }, LAST_WORDS_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

function lineOf(message: FromRun): string {
  return `${JSON.stringify(message)}\n`;
}
