// The other end of a run's socket: hears the run's events, and asks for what is to be done.
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { ParsedEvent } from "@trainscope/core/log";
import { createLineSplitter } from "../files/line-splitter.ts";
import { type FromViewer, SOCKET_FILE } from "./protocol.ts";
import { readAnswer } from "./read-answer.ts";
import { withSocketPath } from "./socket-path.ts";

export interface RunConnection {
  /** Asks to be the one that controls the run; gives why not, as a clause, or `undefined` where it is granted. */
  claim(): Promise<string | undefined>;
  send(control: Control): void;
  close(): void;
}

export interface ConnectionHandlers {
  /** The run has answered; its events follow. */
  onOpen(): void;
  onEvent(event: TrainingEvent): void;
  /** Of an event, all or a part is wrong or of a newer version, as a clause; it is passed over. */
  onUnread(reason: string): void;
  /** A control was not taken, for a reason as a clause. */
  onRefused(reason: string): void;
  /** The run's process has ended, or has let go of this connection. Not called after `close`. */
  onClose(): void;
}

/** Milliseconds that a process which trains may take to answer. */
const ANSWER_TIMEOUT_MS = 2000;

/**
 * Connects to the process that trains the run in a folder. The first events are those that may not be in its log yet.
 * Gives why that can't be done, as a clause, where it can't.
 */
export async function connectToRun(
  folder: string,
  handlers: ConnectionHandlers,
): Promise<RunConnection | string> {
  if (process.platform === "win32") return "Windows has no such sockets in folders";
  try {
    const socket = await withSocketPath(join(folder, SOCKET_FILE), reach);
    return await greet(socket, handlers);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return (code !== undefined && REASONS[code]) || NO_ANSWER;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it has no socket",
  ECONNREFUSED: "no process on this machine trains it",
  EACCES: "its socket belongs to another user",
};

const NO_ANSWER = "its process doesn't answer";
const OTHER_VERSION = "its process is of another version of trainscope";

function reach(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

/** Resolves when the run has said hello. */
function greet(socket: Socket, handlers: ConnectionHandlers): Promise<RunConnection | string> {
  const said = Promise.withResolvers<RunConnection | string>();
  const claims: ((refused: string | undefined) => void)[] = [];
  let isOpen = false;
  let isClosed = false;
  const timer = setTimeout(() => end(NO_ANSWER), ANSWER_TIMEOUT_MS);

  function end(reason: string): void {
    clearTimeout(timer);
    socket.destroy();
    said.resolve(reason);
    for (const settle of claims.splice(0)) settle(reason);
    if (isOpen && !isClosed) handlers.onClose();
    isClosed = true;
  }
  const say = (request: FromViewer): void => void socket.write(`${JSON.stringify(request)}\n`);
  const connection: RunConnection = {
    claim: () =>
      new Promise((resolve) => {
        if (isClosed) return resolve("its process has ended");
        // One that is granted later would keep others from it: this connection ends.
        const late = setTimeout(() => end(NO_ANSWER), ANSWER_TIMEOUT_MS);
        claims.push((refused) => {
          clearTimeout(late);
          resolve(refused);
        });
        say({ claim: true });
      }),
    send: (control) => say({ control }),
    close() {
      isClosed = true;
      end("it was left");
    },
  };

  function hear(line: string): void {
    const answer = readAnswer(line);
    if (isClosed) return;
    if (answer === undefined) {
      if (!isOpen) end(OTHER_VERSION);
    } else if ("hello" in answer) {
      clearTimeout(timer);
      isOpen = true;
      handlers.onOpen();
      said.resolve(connection);
    } else if (!isOpen) end("refused" in answer ? answer.refused : OTHER_VERSION);
    else if ("event" in answer) hearEvent(answer.event);
    else {
      const reason = "refused" in answer ? answer.refused : undefined;
      const settle = claims.shift();
      if (settle !== undefined) settle(reason);
      else if (reason !== undefined) handlers.onRefused(reason);
    }
  }

  function hearEvent(parsed: ParsedEvent): void {
    const unread = parsed.kind === "event" ? parsed.newer : parsed.reason;
    if (unread !== undefined) handlers.onUnread(unread);
    if (parsed.kind === "event") handlers.onEvent(parsed.event);
  }

  const lines = createLineSplitter({ onLine: hear, onTooLong: () => {} });
  socket.on("data", (bytes) => lines.add(bytes));
  socket.on("error", () => {});
  socket.on("close", () => end("its process has ended"));
  return said.promise;
}
