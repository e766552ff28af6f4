// Who is connected to a run: each viewer gets the run's events, and one of them may control it. Whatever a viewer does,
// training neither waits for it nor fails.
import type { Socket } from "node:net";
import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { createLineSplitter } from "../files/line-splitter.ts";
import { type FromRun, type FromViewer, PROTOCOL_VERSION } from "./protocol.ts";
import { createRecentEvents } from "./recent-events.ts";
import { createRequestQueue } from "./request-queue.ts";

/** Bytes that may wait for a viewer beyond those that it was greeted with. */
const MOST_WAITING = 1 << 20;
const MOST_VIEWERS = 16;
const LONGEST_REQUEST = 1 << 12;
/** Refusals, after which a viewer is disconnected. */
const MOST_REFUSED = 100;

export interface ViewersOptions {
  readonly onControl: (control: Control) => void;
  /** A viewer has taken control of the run, or has let go of it. */
  readonly onWriter: (isThere: boolean) => void;
}

/** What a viewer asks for, or what is wrong with the line as a clause. */
type ReadRequest = (line: string) => FromViewer | string;

interface Viewer {
  readonly socket: Socket;
  /** Bytes that may wait for it. */
  readonly most: number;
  refusals: number;
}

export class Viewers {
  private readonly options: ViewersOptions;
  private readonly recent = createRecentEvents();
  private readonly viewers = new Set<Viewer>();
  /** The one that may control the run. */
  private writer: Viewer | undefined;

  constructor(options: ViewersOptions) {
    this.options = options;
  }

  get size(): number {
    return this.viewers.size;
  }

  /** Sends an event to all of them. */
  tell(event: TrainingEvent): void {
    this.recent.add(event);
    if (this.viewers.size === 0) return;
    const line = lineOf({ event });
    for (const viewer of this.viewers) this.send(viewer, line);
  }

  /** Greets a viewer with what the run has told last, and takes its requests. */
  welcome(socket: Socket): void {
    // Before all else: an error that nobody hears of would end the process.
    socket.on("error", () => {});
    if (this.viewers.size >= MOST_VIEWERS) {
      socket.write(lineOf({ refused: `the run has ${MOST_VIEWERS} viewers already` }));
      socket.destroySoon();
      return;
    }
    const events = this.recent.all().map((event) => lineOf({ event }));
    const greeting = [lineOf({ hello: PROTOCOL_VERSION }), ...events].join("");
    const viewer = { socket, most: MOST_WAITING + Buffer.byteLength(greeting), refusals: 0 };
    socket.on("close", () => this.dismiss(viewer));
    this.viewers.add(viewer);
    socket.write(greeting);
    // What reads requests is loaded with the first viewer: most runs have none. A viewer whose requests can't be read is
    // of no use.
    import("./read-request.ts").then(
      ({ readRequest }) => this.listen(viewer, readRequest),
      () => this.dismiss(viewer),
    );
  }

  /** Ends the connections when what waits was sent. */
  endAll(): void {
    for (const { socket } of this.viewers) socket.destroySoon();
  }

  /** Ends the connections at once. */
  dismissAll(): void {
    for (const viewer of this.viewers) this.dismiss(viewer);
  }

  private listen(viewer: Viewer, read: ReadRequest): void {
    const { socket } = viewer;
    const requests = createRequestQueue(socket);
    const tooLong = `the line is longer than ${LONGEST_REQUEST} bytes`;
    const lines = createLineSplitter(
      {
        onLine: (line) => requests.add(() => this.answer(viewer, read(line))),
        onTooLong: () => requests.add(() => this.refuse(viewer, tooLong)),
      },
      LONGEST_REQUEST,
    );
    socket.on("data", (bytes) => lines.add(bytes));
    socket.on("close", () => requests.close());
  }

  private answer(viewer: Viewer, request: FromViewer | string): void {
    if (!this.viewers.has(viewer)) return;
    const refused = this.obey(viewer, request);
    if (refused !== undefined) this.refuse(viewer, refused);
  }

  /** Gives why what was asked for is not done, as a clause. */
  private obey(viewer: Viewer, request: FromViewer | string): string | undefined {
    if (typeof request === "string") return request;
    if ("claim" in request) return this.grant(viewer);
    if (this.writer !== viewer) return "only the terminal that has control of the run may do that";
    this.options.onControl(request.control);
  }

  private grant(viewer: Viewer): string | undefined {
    if (this.writer !== undefined && this.writer !== viewer) return "another terminal has control of the run";
    const isNew = this.writer === undefined;
    this.writer = viewer;
    this.send(viewer, lineOf({ granted: true }));
    if (isNew) this.options.onWriter(true);
  }

  private refuse(viewer: Viewer, reason: string): void {
    viewer.refusals++;
    if (viewer.refusals > MOST_REFUSED) this.dismiss(viewer);
    else this.send(viewer, lineOf({ refused: reason }));
  }

  private send(viewer: Viewer, line: string): void {
    if (viewer.socket.writableLength > viewer.most) this.dismiss(viewer);
    else viewer.socket.write(line);
  }

  private dismiss(viewer: Viewer): void {
    this.viewers.delete(viewer);
    viewer.socket.destroy();
    if (this.writer !== viewer) return;
    this.writer = undefined;
    this.options.onWriter(false);
  }
}

function lineOf(message: FromRun): string {
  return `${JSON.stringify(message)}\n`;
}
