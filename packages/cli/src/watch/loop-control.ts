// The socket through which the loop of another program is asked for things: it connects, is asked between its batches, and
// answers with events. The messages are those of attach/protocol.ts, with the loop in the place of the run.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Control } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { createLineSplitter, reasonOf } from "@trainscope/runs/files";
import { openOwnedSocket, SOCKET_FILE } from "@trainscope/runs/serve";

export interface LoopHandlers {
  /** What a loop tells, not yet checked. */
  event(value: Readonly<Record<string, unknown>>): void;
  /** Why it didn't do what it was asked for, as a clause. */
  refused(reason: string): void;
  /** Whether a loop can be asked. */
  connected(isThere: boolean): void;
}

export interface LoopControl {
  /** The socket's path, for the loop. */
  readonly path: string;
  readonly isConnected: () => boolean;
  readonly ask: (control: Control) => void;
  readonly close: () => Promise<void>;
}

/** As the loop finds the path. */
export const CONTROL_VARIABLE = "TRAINSCOPE_CONTROL";

const LONGEST_MESSAGE = 1 << 20;

/** Throws `OUTPUT_NOT_WRITABLE` where there can be no socket. */
export async function openLoopControl(handlers: LoopHandlers): Promise<LoopControl> {
  const loops = new Set<Socket>();
  const server = createServer((socket) => {
    const lines = createLineSplitter(
      { onLine: (line) => hear(line, handlers), onTooLong: () => socket.destroy() },
      LONGEST_MESSAGE,
    );
    // Before all else: an error that nobody hears of would end the process.
    socket.on("error", () => {});
    socket.on("data", (bytes) => lines.add(bytes));
    socket.on("close", () => {
      loops.delete(socket);
      if (loops.size === 0) handlers.connected(false);
    });
    loops.add(socket);
    handlers.connected(true);
  }).unref();
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), "trainscope-"));
    const remove = await openOwnedSocket(server, folder);
    return controlIn(folder, async () => {
      for (const loop of loops) loop.destroy();
      server.close();
      await remove();
    });
  } catch (error) {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `--control can't open its socket: ${reasonOf(error)}`, {
      hint: "TMPDIR names the folder for it.",
      cause: error,
    });
  }

  function controlIn(made: string, close: () => Promise<void>): LoopControl {
    return {
      path: join(made, SOCKET_FILE),
      isConnected: () => loops.size > 0,
      ask(control) {
        for (const loop of loops) loop.write(`${JSON.stringify({ control })}\n`);
      },
      async close() {
        await close();
        await rm(made, { recursive: true, force: true });
      },
    };
  }
}

function hear(line: string, { event, refused }: LoopHandlers): void {
  const message = parse(line);
  if (typeof message.refused === "string") refused(message.refused);
  else if (typeof message.event === "object" && message.event !== null) {
    event(message.event as Readonly<Record<string, unknown>>);
  } else if (!("hello" in message)) refused("what it answers is no message");
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
