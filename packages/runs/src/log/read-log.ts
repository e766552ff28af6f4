// events.jsonl read as a stream, line by line: a log of any length takes no more memory than what its reader keeps.
import { TrainscopeError } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import type { EventLogParser, LogFindings, LogProblem } from "@trainscope/core/log";
import { LOG_FILE } from "../files/file-names.ts";
import { createLineSplitter, type LineHandlers, type LineSplitter } from "../files/line-splitter.ts";
import { isMissing, openRegular } from "../files/regular-file.ts";
import { reasonOf } from "../files/run-folder.ts";

export interface LogReader {
  onEvent(event: TrainingEvent): void;
  /** May give the event of a line, or as much of it as is needed, without all of it being read. */
  readonly skim?: (line: string) => TrainingEvent | undefined;
  /** Whether no more is needed; asked now and then. */
  readonly isEnough?: () => boolean;
}

/**
 * Gives every event of a log to its reader, and then what else there is to say of it; `undefined` where there is no such
 * file. Throws `BAD_DATA` where it can't be read to its end: such a log is never taken for an empty one.
 */
export async function readLog(
  path: string,
  { onEvent, skim, isEnough = () => false }: LogReader,
): Promise<LogFindings | undefined> {
  const { createEventLogParser } = await import("@trainscope/core/log");
  const parser = createEventLogParser(skim);
  const hand = (event: TrainingEvent | undefined): void => {
    if (event !== undefined) onEvent(event);
  };
  try {
    const lines = splitter((text) => hand(parser.line(text)), parser);
    for await (const bytes of chunksOf(path)) {
      lines.add(bytes);
      if (isEnough()) return parser.findings();
    }
    hand(parser.rest(lines.rest()));
    return parser.findings();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}

/** The events of a log, some at a time. Throws `BAD_DATA` where it is missing or can't be read to its end. */
export async function* streamLog(path: string): AsyncGenerator<readonly TrainingEvent[]> {
  const { createEventLogParser } = await import("@trainscope/core/log");
  const parser = createEventLogParser();
  let events: TrainingEvent[] = [];
  const hand = (event: TrainingEvent | undefined): void => {
    if (event !== undefined) events.push(event);
  };
  try {
    const lines = splitter((text) => hand(parser.line(text)), parser);
    for await (const bytes of chunksOf(path)) {
      lines.add(bytes);
      yield events;
      events = [];
    }
    hand(parser.rest(lines.rest()));
    yield events;
  } catch (error) {
    throw error instanceof TrainscopeError ? error : unreadable(path, error);
  }
}

function splitter(onLine: LineHandlers["onLine"], parser: EventLogParser): LineSplitter {
  const onTooLong = (): void => parser.unreadable(`it is longer than ${LONGEST_EVENT >> 20} MiB`);
  return createLineSplitter({ onLine, onTooLong }, LONGEST_EVENT);
}

/** As an event, it would have a million metrics. */
const LONGEST_EVENT = 64 << 20;
const CHUNK = 1 << 18;

/** Each is good until the next is asked for. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await openRegular(path);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * The bytes of a log up to the end of the last event before `seq`, whatever lies between them; `undefined` where there is
 * no such file. Throws `BAD_DATA` where it can't be read.
 */
export async function sizeBefore(path: string, seq: number): Promise<number | undefined> {
  let before = 0;
  const lines = createLineSplitter(
    {
      onLine(text, _, size) {
        const found = seqOf(text);
        if (found !== undefined && found < seq) before = size;
      },
      onTooLong: () => {},
    },
    LONGEST_EVENT,
  );
  try {
    for await (const bytes of chunksOf(path)) lines.add(bytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
  return before;
}

function seqOf(line: string): number | undefined {
  try {
    const seq = (JSON.parse(line) as { readonly seq?: unknown } | null)?.seq;
    return typeof seq === "number" ? seq : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(path: string, error: unknown): TrainscopeError {
  const reason = isMissing(error) ? "it is missing" : reasonOf(error);
  return new TrainscopeError("BAD_DATA", `can't read ${path}: ${reason}`, { cause: error });
}

/** A clause for each damaged line, with the epochs it has taken along, and for whatever is of a newer version. */
export function describeFindings({ problems, problemCount, newer }: LogFindings): readonly string[] {
  const more = problemCount - problems.length;
  return [
    ...problems.map(describeProblem),
    ...(more > 0 ? [`${LOG_FILE}: ${more} more lines are damaged`] : []),
    ...newer.map((reason) => `${LOG_FILE}: ${reason}; it is passed over`),
  ];
}

export function describeProblem({ line, reason, missing }: LogProblem): string {
  return `${LOG_FILE}, line ${line}: ${reason}; ${describeMissing(missing)}`;
}

function describeMissing(missing: LogProblem["missing"]): string {
  if (missing === undefined) return "what it told is missing";
  const [first, last] = missing;
  return first === last ? `epoch ${first} is missing` : `epochs ${first} to ${last} are missing`;
}
