// A run's events read back from the lines of its log, one line after another. Where the lines come from is the caller's
// business, and nothing of them is kept here.
import type { TrainingEvent } from "../events.ts";
import { type ParsedEvent, parseEventLine } from "./parse-event.ts";

/** A line of a log that is damaged, or of a newer version. */
export interface LogProblem {
  /** 1-based. */
  readonly line: number;
  /** What is wrong with it, as a clause. */
  readonly reason: string;
  /** The first and the last of the epochs whose ends are missing there; left out where none is known to be. */
  readonly missing?: readonly [first: number, last: number];
}

/** What there is to say of a log beside its events. */
export interface LogFindings {
  /** Lines that are no events, but for a torn last one: the first hundred. */
  readonly problems: readonly LogProblem[];
  /** How many such lines there are. */
  readonly problemCount: number;
  /** What this version doesn't know and has passed over, a clause each: the first twenty, each once. */
  readonly newer: readonly string[];
  /** Whether the last line breaks off, as it does where the writer was killed or the disk was full. */
  readonly torn: boolean;
}

/** Reads a log line by line, of any length, and keeps what is wrong with it. */
export interface EventLogParser {
  /** The event of a line without its end; `undefined` for an empty line and for one that is no event. */
  line(text: string): TrainingEvent | undefined;
  /** As `line`, for what follows the last line end: a last line counts where it is whole. */
  rest(text: string): TrainingEvent | undefined;
  /** For a line that can't be read. */
  unreadable(reason: string): void;
  findings(): LogFindings;
}

const MOST_PROBLEMS = 100;
const MOST_NEWER = 20;

/** `skim` may give the event of a line, or as much of it as its caller needs, without all of it being read. */
export function createEventLogParser(skim?: (line: string) => TrainingEvent | undefined): EventLogParser {
  const problems: LogProblem[] = [];
  const newer = new Set<string>();
  let problemCount = 0;
  let torn = false;
  let line = 0;
  /** Of the epochs that have ended, the newest. */
  let epoch: number | undefined;
  /** Whether a line since then is no event. */
  let hasGap = false;

  function parse(text: string): ParsedEvent | undefined {
    line++;
    if (text.trim() === "") return undefined;
    const skimmed = skim?.(text);
    return skimmed === undefined ? parseEventLine(text) : { kind: "event", event: skimmed };
  }

  function eventOf(parsed: ParsedEvent | undefined): TrainingEvent | undefined {
    if (parsed === undefined) return undefined;
    if (parsed.kind === "wrong") {
      addProblem(parsed.reason);
      return undefined;
    }
    const unknown = parsed.kind === "event" ? parsed.newer : parsed.reason;
    if (unknown !== undefined && newer.size < MOST_NEWER) newer.add(unknown);
    if (parsed.kind === "newer") return undefined;
    follow(parsed.event);
    return parsed.event;
  }

  function addProblem(reason: string): void {
    problemCount++;
    hasGap = true;
    if (problems.length < MOST_PROBLEMS) problems.push({ line, reason });
  }

  function follow(event: TrainingEvent): void {
    if (event.type === "run:end") noteMissing(event.epochs);
    if (event.type !== "epoch:end") return;
    noteMissing(event.epoch - 1);
    epoch = event.epoch;
    hasGap = false;
  }

  /** Before the first epoch nothing says which should have come. */
  function noteMissing(last: number): void {
    const problem = problems.at(-1);
    if (!hasGap || problem === undefined || problems.length < problemCount) return;
    const first = (epoch ?? 0) + 1;
    if (last >= first) problems[problems.length - 1] = { ...problem, missing: [first, last] };
    hasGap = false;
  }

  return {
    line: (text) => eventOf(parse(text)),
    rest(text) {
      const parsed = parse(text);
      torn = parsed?.kind === "wrong";
      return torn ? undefined : eventOf(parsed);
    },
    unreadable(reason) {
      line++;
      addProblem(reason);
    },
    findings: () => ({ problems, problemCount, newer: [...newer], torn }),
  };
}
