// What a run tells, from its log and from the process that trains it, each event once. Where the run was continued from
// an earlier place, all is told anew.
import { createEventLogParser, parseEventLine, type RunEndEvent, type TrainingEvent } from "@trainscope/core";
import { type Subscription, switchMap, timer } from "rxjs";
import { describeFindings } from "../run-files/read-log.ts";
import { createEventMerger } from "./event-merger.ts";
import { followLog, type LogPart } from "./follow-log.ts";

export interface RunFeed {
  /** Begins to read the log. */
  start(): void;
  stop(): void;
  /** A process begins to tell. */
  join(): void;
  fromProcess(event: TrainingEvent): void;
  /** What it told and was passed over, as a clause. */
  passOver(finding: string): void;
  /** It tells no more. */
  leave(): void;
  /** All that is in the log has been told. */
  readonly isCaughtUp: boolean;
  /** `undefined` where the run hasn't told one (yet). */
  readonly end: RunEndEvent | undefined;
}

export interface FeedHandlers {
  tell(event: TrainingEvent): void;
  /** What was told is no longer so. */
  forget(): void;
  /** The run has told its end, and all before it. */
  onEnd(): void;
  /** What is damaged or of a newer version, as a clause, once. */
  onNote(finding: string): void;
  /** The log can't be read. */
  onError(error: unknown): void;
}

/** From one time that all is told anew to the next, at the least. */
const FORGET_MS = 1000;

/** Notes of what was passed over. */
const MOST_TOLD = 20;

export function createRunFeed(log: string, { tell, forget, onEnd, onError, onNote }: FeedHandlers): RunFeed {
  let following: Subscription | undefined;
  let end: RunEndEvent | undefined;
  let isCaughtUp = false;
  let parser = createEventLogParser();
  const passedOver = new Set<string>();
  /** When all was told anew last. */
  let forgotten = Number.NEGATIVE_INFINITY;

  const merger = createEventMerger({
    tell(event) {
      end = event.type === "run:end" ? event : undefined;
      tell(event);
    },
    forget() {
      end = undefined;
      forget();
      // Where the log and the process contradict each other for good, as after a log was put there by hand, it shall not
      // be read without a pause.
      const wait = Math.max(0, forgotten + FORGET_MS - performance.now());
      forgotten = performance.now();
      follow(wait);
    },
  });

  /** Reads the log, from its first line on, after so many milliseconds. */
  function follow(wait = 0): void {
    following?.unsubscribe();
    isCaughtUp = false;
    startLog();
    following = timer(wait)
      .pipe(switchMap(() => followLog(log)))
      .subscribe({ next: hear, error: onError });
  }

  function startLog(): void {
    parser = createEventLogParser();
    merger.startLog();
  }

  function hear(part: LogPart): void {
    if (part.kind === "line") readLine(part.text);
    else if (part.kind === "too-long") parser.unreadable("it is longer than any event");
    else if (part.kind === "restart") startLog();
    else if (part.kind === "caught-up") {
      tellFindings();
      // The last line of a process that was killed may be whole but for its end.
      const rest = part.rest === "" ? undefined : parseEventLine(part.rest);
      if (rest?.kind === "event") merger.fromLog(rest.event);
      isCaughtUp = true;
      merger.endOfLog();
      if (end !== undefined) onEnd();
    }
  }

  function readLine(text: string): void {
    const event = parser.line(text);
    if (event !== undefined) merger.fromLog(event);
  }

  /** What was found in the log since it was last told; the log may be read more than once. */
  function tellFindings(): void {
    for (const finding of describeFindings(parser.findings())) passOver(finding);
  }

  function passOver(finding: string): void {
    if (passedOver.has(finding) || passedOver.size > MOST_TOLD) return;
    passedOver.add(finding);
    onNote(passedOver.size > MOST_TOLD ? "more is passed over, and not told any more" : finding);
  }

  return {
    start: () => follow(),
    stop: () => following?.unsubscribe(),
    join() {
      merger.join();
      if (following !== undefined) follow();
    },
    fromProcess(event) {
      merger.fromProcess(event);
      if (isCaughtUp && end !== undefined) onEnd();
    },
    passOver,
    leave: merger.leave,
    get isCaughtUp() {
      return isCaughtUp;
    },
    get end() {
      return end;
    },
  };
}
