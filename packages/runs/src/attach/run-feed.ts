// What a run tells, from its log and from the process that trains it, each event once. Where the run was continued from
// an earlier place, all is told anew.
import type { RunEndEvent, TrainingEvent } from "@trainscope/core/events";
import { createEventLogParser, parseEventLine } from "@trainscope/core/log";
import { type Subscription, switchMap, timer } from "rxjs";
import { describeFindings } from "../log/read-log.ts";
import { createEventMerger, type EventMerger } from "./event-merger.ts";
import { followLog, type LogPart } from "./follow-log.ts";

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

const MOST_NOTES = 20;

export class RunFeed {
  private readonly log: string;
  private readonly handlers: FeedHandlers;
  private readonly merger: EventMerger;
  private parser = createEventLogParser();
  private following: Subscription | undefined;
  private readonly notes = new Set<string>();
  /** When everything was told anew last. */
  private forgotten = Number.NEGATIVE_INFINITY;
  private runEnd: RunEndEvent | undefined;
  private hasReadLog = false;

  constructor(log: string, handlers: FeedHandlers) {
    this.log = log;
    this.handlers = handlers;
    this.merger = createEventMerger({
      tell: (event) => this.tell(event),
      forget: () => this.forget(),
    });
  }

  /** All that is in the log has been told. */
  get isCaughtUp(): boolean {
    return this.hasReadLog;
  }

  /** `undefined` where the run hasn't told one (yet). */
  get end(): RunEndEvent | undefined {
    return this.runEnd;
  }

  /** Reads the log, from its first line on, after so many milliseconds. */
  start(wait = 0): void {
    this.following?.unsubscribe();
    this.hasReadLog = false;
    this.startLog();
    this.following = timer(wait)
      .pipe(switchMap(() => followLog(this.log)))
      .subscribe({ next: (part) => this.hear(part), error: this.handlers.onError });
  }

  stop(): void {
    this.following?.unsubscribe();
  }

  /** A process begins to tell. */
  join(): void {
    this.merger.join();
    if (this.following !== undefined) this.start();
  }

  fromProcess(event: TrainingEvent): void {
    this.merger.fromProcess(event);
    if (this.hasReadLog && this.runEnd !== undefined) this.handlers.onEnd();
  }

  /** The process tells no more. */
  leave(): void {
    this.merger.leave();
  }

  /** Notes what was damaged or of a newer version and is left out, as a clause. */
  passOver(finding: string): void {
    const { notes } = this;
    if (notes.has(finding) || notes.size > MOST_NOTES) return;
    notes.add(finding);
    this.handlers.onNote(notes.size > MOST_NOTES ? "more is passed over, and not told any more" : finding);
  }

  private tell(event: TrainingEvent): void {
    this.runEnd = event.type === "run:end" ? event : undefined;
    this.handlers.tell(event);
  }

  private forget(): void {
    this.runEnd = undefined;
    this.handlers.forget();
    // Where the log and the process contradict each other for good, as after a log was put there by hand, it shall not
    // be read without a pause.
    const wait = Math.max(0, this.forgotten + FORGET_MS - performance.now());
    this.forgotten = performance.now();
    this.start(wait);
  }

  private startLog(): void {
    this.parser = createEventLogParser();
    this.merger.startLog();
  }

  private hear(part: LogPart): void {
    if (part.kind === "line") this.readLine(part.text);
    else if (part.kind === "too-long") this.parser.unreadable("it is longer than any event");
    else if (part.kind === "restart") this.startLog();
    else if (part.kind === "caught-up") this.catchUp(part.rest);
  }

  private readLine(text: string): void {
    const event = this.parser.line(text);
    if (event !== undefined) this.merger.fromLog(event);
  }

  /** `rest`: what stands behind the last line's end. */
  private catchUp(rest: string): void {
    // The log may be read more than once; a finding is noted once.
    for (const finding of describeFindings(this.parser.findings())) this.passOver(finding);
    // The last line of a process that was killed may be whole but for its end.
    const last = rest === "" ? undefined : parseEventLine(rest);
    if (last?.kind === "event") this.merger.fromLog(last.event);
    this.hasReadLog = true;
    this.merger.endOfLog();
    if (this.runEnd !== undefined) this.handlers.onEnd();
  }
}
