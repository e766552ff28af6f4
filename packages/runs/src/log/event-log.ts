// events.jsonl as it is written: events are gathered, and become lines that are appended in the background, in their
// order, so training waits for neither text nor disk. A write that fails is told once and tried again with the next.
import { type FileHandle, open, truncate } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import { reasonOf } from "../files/run-folder.ts";
import { withSharedPlaces } from "./shared-places.ts";

export interface EventLogWriter {
  add(event: TrainingEvent): void;
  /** Resolves when all that was added is on the disk, or could not be written; tells whether it is. */
  flush(): Promise<boolean>;
  /** Writes what is left. Gives the reason where the file lacks something for good. */
  close(): Promise<string | undefined>;
}

/** After these the log is brought to the disk. Other lines wait for them, so an epoch costs one write. */
const FLUSHING: readonly TrainingEvent["type"][] = [
  "run:start",
  "run:resume",
  "epoch:end",
  "point",
  "control",
  "run:end",
];

/**
 * Milliseconds from one write to the next at the least. Epochs may be shorter than that: with a write for each, those of
 * the sample take 7 % longer.
 */
const REST = 50;

/** Called before each write; nothing is written where it rejects, and the reason is told. */
export type BeforeWrite = () => Promise<void>;

/** Makes the file, which must not be there yet; throws what the system does where it can't. */
export async function createEventLog(
  path: string,
  onTrouble: (reason: string) => void,
  beforeWrite?: BeforeWrite,
): Promise<EventLogWriter> {
  await (await open(path, "wx")).close();
  return writeEventLog(path, 0, onTrouble, beforeWrite);
}

/** Cuts the file after its first `size` bytes, and goes on there; throws what the system does where it can't. */
export async function continueEventLog(
  path: string,
  size: number,
  onTrouble: (reason: string) => void,
  beforeWrite?: BeforeWrite,
): Promise<EventLogWriter> {
  await truncate(path, size);
  return writeEventLog(path, size, onTrouble, beforeWrite);
}

interface LogFile {
  readonly path: string;
  /** Bytes on the disk, all of them of whole lines. */
  size: number;
  /** Own lines may be behind them, of a write that failed. */
  isTorn: boolean;
}

function writeEventLog(
  path: string,
  size: number,
  onTrouble: (reason: string) => void,
  beforeWrite: BeforeWrite = async () => {},
): EventLogWriter {
  const file: LogFile = { path, size, isTorn: false };
  /** Not on the disk yet. */
  let waiting: TrainingEvent[] = [];
  let isDue = false;
  let writing: Promise<void> | undefined;
  let trouble: string | undefined;
  let isReported = false;
  const closing = new AbortController();

  /** The newest of the writes, which go one after the other. */
  let written: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    written = written.then(writeWaiting);
    return written;
  }

  function beDue(): void {
    isDue = true;
    writing ??= writeWhileDue();
  }

  /** What comes while a write is under way goes with the next. */
  async function writeWhileDue(): Promise<void> {
    while (isDue) {
      isDue = false;
      await write();
      await setTimeout(REST, undefined, { signal: closing.signal }).catch(() => {});
    }
    writing = undefined;
  }

  async function writeWaiting(): Promise<void> {
    // Kept until they are there, and others come meanwhile.
    const events = waiting.slice();
    if (events.length === 0) return;
    try {
      await beforeWrite();
      await append(file, events);
      waiting = waiting.slice(events.length);
      trouble = undefined;
    } catch (error) {
      trouble = reasonOf(error);
      if (!isReported) onTrouble(trouble);
      isReported = true;
    }
  }

  return {
    add(event) {
      if (!isPersisted(event)) return;
      waiting.push(event);
      if (FLUSHING.includes(event.type)) beDue();
    },
    async flush() {
      await write();
      return trouble === undefined;
    },
    async close() {
      closing.abort();
      await writing;
      await write();
      return trouble;
    },
  };
}

/**
 * Writes their lines behind those that there are, and waits for the disk. The file is opened anew each time: one that was
 * removed shall not be written to in vain.
 */
async function append(log: LogFile, events: readonly TrainingEvent[]): Promise<void> {
  const { size } = log;
  const file = await open(log.path, "r+").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new Error("it is no longer there") : error;
  });
  try {
    const found = (await file.stat()).size;
    if (found < size) throw new Error("something else has cut it short");
    if (!log.isTorn && (await hasLine(file, size, found))) throw new Error("something else has written to it");
    const bytes = Buffer.from(events.map((event) => `${JSON.stringify(withSharedPlaces(event))}\n`).join(""));
    log.isTorn = true;
    try {
      await writeAll(file, bytes, size);
      await file.datasync();
    } catch (error) {
      // Of a full disk: the lines that went there in part.
      await file.truncate(size).then(
        () => {
          log.isTorn = false;
        },
        () => {},
      );
      throw error;
    }
    log.size += bytes.length;
    log.isTorn = false;
  } finally {
    await file.close();
  }
}

async function hasLine(file: FileHandle, start: number, end: number): Promise<boolean> {
  if (end <= start) return false;
  const rest = Buffer.alloc(end - start);
  await file.read(rest, 0, rest.length, start);
  return rest.includes("\n");
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
