// events.jsonl as it is written: lines are gathered and appended in the background, in their order, so training never
// waits for a disk. A write that fails is told once and tried again with the next.
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { isPersisted, type TrainingEvent } from "@trainscope/core";
import { reasonOf } from "../run-folder.ts";

export interface EventLogWriter {
  add(event: TrainingEvent): void;
  /** Writes what is left. Gives the reason where the file lacks something for good. */
  close(): Promise<string | undefined>;
}

/** After these the log is brought to the disk. Other lines wait for them, so an epoch costs one write. */
const FLUSHING: readonly TrainingEvent["type"][] = ["run:start", "epoch:end", "control", "run:end"];

/**
 * Milliseconds from one write to the next at the least. Epochs may be shorter than that: with a write for each, those of
 * the sample take 7 % longer.
 */
const REST = 50;

/** Makes the file, which must not be there yet; throws what the system does where it can't. */
export async function createEventLog(
  path: string,
  onTrouble: (reason: string) => void,
): Promise<EventLogWriter> {
  await (await open(path, "wx")).close();
  /** Not on the disk yet. */
  let waiting: string[] = [];
  /** Bytes on the disk, all of them of whole lines. */
  let size = 0;
  let isDue = false;
  let writing: Promise<void> | undefined;
  let trouble: string | undefined;
  let isTold = false;
  const closing = new AbortController();

  function flush(): void {
    isDue = true;
    writing ??= writeWhileDue();
  }

  /** What comes while a write is under way goes with the next. */
  async function writeWhileDue(): Promise<void> {
    while (isDue) {
      isDue = false;
      await writeWaiting();
      await setTimeout(REST, undefined, { signal: closing.signal }).catch(() => {});
    }
    writing = undefined;
  }

  async function writeWaiting(): Promise<void> {
    // Kept until they are there, and others come meanwhile.
    const lines = waiting.slice();
    try {
      size += await append(path, size, lines);
      waiting = waiting.slice(lines.length);
      trouble = undefined;
    } catch (error) {
      trouble = reasonOf(error);
      if (!isTold) onTrouble(trouble);
      isTold = true;
    }
  }

  return {
    add(event) {
      if (!isPersisted(event)) return;
      waiting.push(`${JSON.stringify(event)}\n`);
      if (FLUSHING.includes(event.type)) flush();
    },
    async close() {
      closing.abort();
      await writing;
      if (waiting.length > 0) await writeWaiting();
      return trouble;
    },
  };
}

/**
 * Writes lines behind the first `size` bytes, waits for the disk, and gives how many bytes they are. The file is opened
 * anew each time: one that was removed shall not be written to in vain.
 */
async function append(path: string, size: number, lines: readonly string[]): Promise<number> {
  const file = await open(path, "r+").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new Error("it is no longer there") : error;
  });
  try {
    if ((await file.stat()).size < size) throw new Error("something else has cut it short");
    const bytes = Buffer.from(lines.join(""));
    try {
      await writeAll(file, bytes, size);
      await file.datasync();
    } catch (error) {
      // Of a full disk: the lines that went there in part.
      await file.truncate(size).catch(() => {});
      throw error;
    }
    return bytes.length;
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
