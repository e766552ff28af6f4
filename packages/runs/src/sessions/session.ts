// Who trains a run: `sessions/0001.json`, `0002.json`, ... in its folder, one for each process that has. A number is
// won by making its file, which the system lets only one process do; whoever has the highest may write to the run. The
// file's time is the last sign of life. It is stamped by the file system, for processes of several machines to have one clock.

import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import type { ProcessState } from "@trainscope/core/source";
import { formatMoment } from "@trainscope/core/text";
import { isOfThisMachine, isThere, ownMark } from "../files/process-mark.ts";
import { readSmallFile } from "../files/regular-file.ts";
import { createWhole, reasonOf } from "../files/run-folder.ts";
import { SESSION_VERSION, type SessionFile } from "./session-file.ts";

/** Of a run's folder: the signs of life of the processes that wrote it. */
export const SESSIONS_FOLDER = "sessions";

/** Milliseconds from one sign of life to the next. */
export const HEARTBEAT_MS = 2000;

/** After so many milliseconds without a sign a process is taken for silent. */
export const HEARTBEAT_TIMEOUT_MS = 30_000;

/**
 * "ended": properly, by its own word. "alive": it gave a sign within the last 30 seconds. "died": of this machine, and
 * no longer there; or of another, and without a sign. "silent": of this machine, still there, but without a sign, as
 * when it is suspended. "unknown": nothing tells of a process; the run is another program's or an earlier version's.
 */
export type LastKnownState = ProcessState | "unknown";

export interface Liveness {
  readonly processState: LastKnownState;
  /** Of the process that trained it last; `undefined` where its file doesn't tell, as with `host`. */
  readonly pid: number | undefined;
  readonly host: string | undefined;
  /** Milliseconds since the epoch of 1970, never later than now; `undefined` only for "unknown". */
  readonly lastHeartbeat: number | undefined;
}

/** A process that writes a run, by which others see that it is alive. */
export interface Session {
  /** Whether no other process has taken the run over, as it is to be seen now: to be asked before each write. */
  isOwn(): Promise<boolean>;
  /** Tells that the process has done with the run. Never rejects: where that can't be written it will be found out. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /**
   * Called once where another process has taken the run over: this one gave no sign for long, and was taken for dead.
   * It may write no more.
   */
  readonly onTaken?: () => void;
}

/**
 * Takes a run, whose folder is there, for this process. Throws `BAD_OPTION` where another process still trains it, and
 * `OUTPUT_NOT_WRITABLE` where the folder can't be written to.
 */
export async function beginSession(folder: string, options: SessionOptions = {}): Promise<Session> {
  const began: SessionFile = {
    v: SESSION_VERSION,
    ...ownMark(),
    startedAt: new Date().toISOString(),
    endedAt: null,
  };
  try {
    await mkdir(join(folder, SESSIONS_FOLDER)).catch(unlessThere);
    for (;;) {
      const last = (await numbersIn(folder)).at(-1) ?? 0;
      const liveness = await livenessOf(folder, last, await timeOf(folder));
      if (liveness.processState === "alive" || liveness.processState === "silent")
        throw taken(folder, liveness);
      // Where another was quicker, the next round looks at what it does.
      if (await createWhole(pathOf(folder, last + 1), textOf(began)))
        return hold(folder, last + 1, began, options);
    }
  } catch (error) {
    if (error instanceof TrainscopeError) throw error;
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write into ${folder}: ${reasonOf(error)}`, {
      hint: "Training needs a run's folder that it may write to.",
      cause: error,
    });
  }
}

/**
 * What is to be seen of the process that trained a run last. `now` is by the clock of the folder's file system (see
 * `timeOf`); by this machine's where only somebody looks, who writes nothing. Never rejects.
 */
export async function readLiveness(folder: string, now: number = Date.now()): Promise<Liveness> {
  const numbers = await numbersIn(folder).catch(() => []);
  return await livenessOf(folder, numbers.at(-1) ?? 0, now);
}

/** Now, in milliseconds, by the clock that stamps files in a run's folder; by this machine's where none can be made. */
export async function timeOf(folder: string): Promise<number> {
  const path = join(folder, SESSIONS_FOLDER, `now.${randomBytes(4).toString("hex")}.tmp`);
  try {
    const file = await open(path, "wx");
    try {
      await file.write("1");
      return (await file.stat()).mtimeMs;
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  } catch {
    return Date.now();
  }
}

const UNKNOWN: Liveness = {
  processState: "unknown",
  pid: undefined,
  host: undefined,
  lastHeartbeat: undefined,
};

async function livenessOf(folder: string, number: number, now: number): Promise<Liveness> {
  const path = pathOf(folder, number);
  const [text, found] = await Promise.all([
    readSmallFile(path).catch(() => undefined),
    stat(path).catch(() => undefined),
  ]);
  if (found === undefined) return UNKNOWN;
  const session = text === undefined ? undefined : await parse(text);
  // A clock that was set back leaves signs of a time to come.
  const lastHeartbeat = Math.min(found.mtimeMs, now);
  const isRecent = now - lastHeartbeat <= HEARTBEAT_TIMEOUT_MS;
  if (session === "torn") return { processState: "died", pid: undefined, host: undefined, lastHeartbeat };
  return {
    processState: processStateOf(session, isRecent),
    pid: session?.pid,
    host: session?.host,
    lastHeartbeat,
  };
}

/** Of a file that can't be read, or is of another version, its time alone tells. */
function processStateOf(session: SessionFile | undefined, isRecent: boolean): LastKnownState {
  if (session !== undefined && session.endedAt !== null) return "ended";
  if (session === undefined || !isOfThisMachine(session)) return isRecent ? "alive" : "died";
  if (!isThere(session)) return "died";
  return isRecent ? "alive" : "silent";
}

/** Gives a sign every two seconds until it is closed; doesn't keep the process alive. */
function hold(folder: string, number: number, began: SessionFile, { onTaken }: SessionOptions): Session {
  const path = pathOf(folder, number);
  const timer = setInterval(() => {
    beating ??= beat().finally(() => {
      beating = undefined;
    });
  }, HEARTBEAT_MS).unref();
  let beating: Promise<void> | undefined;
  let isTaken = false;

  async function beat(): Promise<void> {
    // A share that is away for a while, or a folder that was removed: no more can be done about it here.
    const now = new Date();
    await overwrite(path, textOf(began))
      .catch(() => utimes(path, now, now))
      .catch(() => {});
    await isOwn();
  }

  async function isOwn(): Promise<boolean> {
    const isOver = await stat(pathOf(folder, number + 1)).then(
      () => true,
      () => false,
    );
    if (isOver && !isTaken) {
      isTaken = true;
      onTaken?.();
    }
    return !isTaken;
  }

  return {
    isOwn,
    async close() {
      clearInterval(timer);
      await beating;
      await overwrite(path, textOf({ ...began, endedAt: new Date().toISOString() })).catch(() => {});
    },
  };
}

/** In place, for a full disk has no room for a second file; and a file that was removed is not made again. */
async function overwrite(path: string, text: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(text, 0);
  } finally {
    await file.close();
  }
}

/** `endedAt` comes last, so that the text only grows. */
function textOf(session: SessionFile): string {
  return `${JSON.stringify(session)}\n`;
}

async function parse(text: string): Promise<SessionFile | "torn" | undefined> {
  const { parseSession } = await import("./parse-session.ts");
  return parseSession(text);
}

const NAME = /^(\d{4,})\.json$/;

function pathOf(folder: string, number: number): string {
  return join(folder, SESSIONS_FOLDER, `${String(number).padStart(4, "0")}.json`);
}

/** In their order; none where there is no such folder. */
async function numbersIn(folder: string): Promise<readonly number[]> {
  const names = await readdir(join(folder, SESSIONS_FOLDER)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other);
}

function unlessThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "EEXIST") throw error;
}

function taken(
  folder: string,
  { processState, pid, host, lastHeartbeat = Date.now() }: Liveness,
): TrainscopeError {
  const who = pid === undefined ? "a process of another version" : `process ${pid} on ${host}`;
  const when = `last sign at ${formatMoment(lastHeartbeat)}`;
  if (processState === "silent") {
    return new TrainscopeError(
      "BAD_OPTION",
      `${folder} belongs to ${who}, which is suspended or hangs; ${when}`,
      {
        hint: `Let it go on (kill -CONT ${pid}), or end it (kill -KILL ${pid}) and try again.`,
      },
    );
  }
  return new TrainscopeError("BAD_OPTION", `${folder} is being trained by ${who}; ${when}`, {
    hint: "Follow it with trainscope attach, or wait until it has ended.",
  });
}
