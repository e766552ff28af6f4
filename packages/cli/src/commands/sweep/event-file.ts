// What a sweep tells, kept in its folder as it is told: the whole of it, however often it was stopped and gone on with.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { createLineSplitter, reasonOf } from "@trainscope/runs/files";
import { attempt } from "../../report/report-folder.ts";
import { parseSweepEvent } from "./event-schema.ts";
import type { SweepEvent } from "./events.ts";

export const SWEEP_EVENTS = "events.jsonl";

export interface EventFile {
  /** Numbered within the file. What an earlier start told already, and this one only found again, is left out. */
  write(event: SweepEvent): void;
  /** All is on the disk, or it was told why not. */
  close(): Promise<void>;
}

/**
 * Goes on with the file that is there, behind its last whole line: one that was torn is taken away. For whoever has the folder to
 * itself. Throws `OUTPUT_NOT_WRITABLE`; what fails later is told, and no reason to end.
 */
export async function openEventFile(folder: string, tell: (line: string) => void): Promise<EventFile> {
  const path = join(folder, SWEEP_EVENTS);
  const { stream, recorded } = await attempt(path, async () => {
    const file = await openToGoOn(path);
    try {
      const recorded = await readRecorded(file);
      await file.truncate(recorded.size);
      return { recorded, stream: file.createWriteStream({ start: recorded.size }) };
    } catch (error) {
      await file.close();
      throw error;
    }
  });
  let isFailed = false;
  stream.on("error", (error) => {
    if (isFailed) return;
    isFailed = true;
    tell(`can't write ${path}: ${reasonOf(error)}; attach and replay show what there is`);
  });
  let { seq } = recorded;
  return {
    write(event) {
      if (isFailed || isFoundAgain(event, recorded)) return;
      stream.write(`${JSON.stringify({ ...event, seq: seq++ })}\n`);
    },
    async close() {
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}

/** A link leads nowhere, and a pipe is not waited for. */
async function openToGoOn(path: string): Promise<FileHandle> {
  const { O_RDWR, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error("it is no regular file");
}

/** What the file has told of. */
interface Recorded {
  /** Bytes, up to the end of the last whole line. */
  size: number;
  /** Of the event that comes next. */
  seq: number;
  readonly trials: Set<string>;
  readonly candidates: Set<string>;
}

/** Lines that are wrong stay, for those who read the file to tell of. */
async function readRecorded(file: FileHandle): Promise<Recorded> {
  const recorded: Recorded = { size: 0, seq: 0, trials: new Set(), candidates: new Set() };
  const splitter = createLineSplitter({
    onLine(text, _, size) {
      recorded.size = size;
      const parsed = parseSweepEvent(text);
      if (!("value" in parsed)) return;
      const event = parsed.value;
      recorded.seq = Math.max(recorded.seq, event.seq + 1);
      if (event.type === "trial:end") recorded.trials.add(trialName(event));
      if (event.type === "candidate:end") recorded.candidates.add(candidateFigures(event));
    },
    onTooLong() {},
  });
  const chunk = Buffer.allocUnsafe(1 << 18);
  for (let offset = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, offset);
    if (bytesRead === 0) return recorded;
    offset += bytesRead;
    splitter.add(chunk.subarray(0, bytesRead));
  }
}

function isFoundAgain(event: SweepEvent, { trials, candidates }: Recorded): boolean {
  if (event.type === "trial:end") return event.reused && trials.has(trialName(event));
  return event.type === "candidate:end" && candidates.has(candidateFigures(event));
}

function trialName({ candidate, seed, epochs }: SweepEvent & { type: "trial:end" }): string {
  return `${candidate} ${seed} ${epochs}`;
}

/** With more seeds, or where one that was lost has come back, it is told of once more. */
function candidateFigures({ candidate, epochs, values, lost }: SweepEvent & { type: "candidate:end" }): string {
  return JSON.stringify([candidate, epochs, values, lost]);
}
