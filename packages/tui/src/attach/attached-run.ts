// A run that another process trains, as this one sees it: its events from the log and from the process, its model from
// the checkpoints, and whether the process still lives. It is only read, but for what is asked of the process.
import { hostname } from "node:os";
import { join } from "node:path";
import { type Control, type RunEndEvent, readEventLog, TrainscopeError } from "@trainscope/core";
import { Observable, type Subscription, switchMap, timer } from "rxjs";
import {
  createSourceStore,
  type ShownEvent,
  type Sign,
  type Source,
  type SourceStore,
} from "../dashboard/source.ts";
import { formatMoment } from "../run-files/local-time.ts";
import { LOG_FILE } from "../run-files/run-log.ts";
import { BEAT, type Liveness } from "../run-files/session.ts";
import { createEventMerger } from "./event-merger.ts";
import { followLog, type LogPart } from "./follow-log.ts";
import { createNewestParameters } from "./newest-parameters.ts";
import { connectToRun, type RunConnection } from "./run-client.ts";
import { readSigns, signOf } from "./run-sign.ts";

export interface AttachOptions {
  /** Whether to be the one that controls the run. */
  readonly control: boolean;
  /** What the user should know, as a sentence: a control that was not taken, or the loss of control. */
  readonly onNote: (message: string) => void;
  /** Milliseconds from one look at the process to the next. */
  readonly lookMs?: number;
}

export interface AttachedRun {
  /** To be subscribed to once. Doesn't end by itself: the run may be continued. Fails where the log can't be read. */
  readonly events: Observable<ShownEvent>;
  readonly source: SourceStore;
  /** Resolves when the run has ended, or nothing more comes from it, and all that it told has been told here. */
  readonly over: Promise<Outcome>;
  /** How it stands. */
  outcome(): Outcome;
  request(control: Control): void;
}

export interface Outcome {
  readonly sign: Sign;
  /** Milliseconds since 1970. */
  readonly lastSign: number | undefined;
  /** `undefined` where its log has none (yet). */
  readonly end: RunEndEvent | undefined;
}

/** From one time that all is told anew to the next, at the least. */
const FORGET_MS = 1000;

/** As often as a process gives a sign. */
const LOOK_MS = BEAT;

/** Throws `BAD_OPTION` where control is asked for and can't be had. */
export async function attachToRun(folder: string, options: AttachOptions): Promise<AttachedRun> {
  const { onNote, lookMs = LOOK_MS } = options;
  const over = Promise.withResolvers<Outcome>();
  const parameters = createNewestParameters(folder);
  let tell: (event: ShownEvent) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  let following: Subscription | undefined;
  let connection: RunConnection | undefined;
  let mayControl = false;
  let end: RunEndEvent | undefined;
  let isCaughtUp = false;
  /** When all was told anew last. */
  let forgotten = Number.NEGATIVE_INFINITY;
  /** Looks in a row that found no process any more. */
  let goneFor = 0;
  let liveness = await readSigns(folder);

  const merger = createEventMerger({
    tell(event) {
      end = event.type === "run:end" ? event : undefined;
      tell(event);
    },
    forget() {
      end = undefined;
      parameters.forget();
      tell({ type: "restart" });
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
    merger.startLog();
    following = timer(wait)
      .pipe(switchMap(() => followLog(join(folder, LOG_FILE))))
      .subscribe({ next: hear, error: fail });
  }

  function hear(part: LogPart): void {
    if (part.kind === "line") readLine(part.text);
    else if (part.kind === "restart") merger.startLog();
    else if (part.kind === "caught-up") {
      // The last line of a process that was killed may be whole but for its end.
      readLine(part.rest);
      isCaughtUp = true;
      merger.endOfLog();
      if (end !== undefined) over.resolve(outcome());
    }
  }

  function readLine(text: string): void {
    const [event] = readEventLog(text).events;
    if (event !== undefined) merger.fromLog(event);
  }

  /** Gives why the process can't be reached, or doesn't grant control, as a clause. */
  async function reach(): Promise<string | undefined> {
    const reached = await connectToRun(folder, {
      onOpen() {
        merger.join();
        if (following !== undefined) follow();
      },
      onEvent(event) {
        merger.fromProcess(event);
        if (isCaughtUp && end !== undefined) over.resolve(outcome());
      },
      onRefused: (reason) => onNote(`the run has not done what was asked for: ${reason}`),
      onClose() {
        merger.leave();
        connection = undefined;
        if (mayControl && end === undefined)
          onNote("the run can't be controlled any more: the process that trained it is gone");
        mayControl = false;
        show();
      },
    });
    if (typeof reached === "string") return reached;
    connection = reached;
    const refused = options.control ? await reached.claim() : undefined;
    mayControl = options.control && refused === undefined;
    show();
    return refused;
  }

  function outcome(): Outcome {
    return {
      sign: signOf(liveness, end !== undefined, connection !== undefined),
      lastSign: liveness.lastSign,
      end,
    };
  }
  const source = createSourceStore<Source>({ kind: "attached", mayControl, ...shown() });
  function shown() {
    const { sign, lastSign } = outcome();
    return { sign, lastSign };
  }
  function show(): void {
    source.set({ kind: "attached", mayControl, ...shown() });
  }

  async function look(): Promise<void> {
    liveness = await readSigns(folder);
    if (connection === undefined && (liveness.sign === "alive" || liveness.sign === "silent")) {
      const refused = await reach();
      if (connection !== undefined && refused !== undefined) onNote(`the run is only watched now: ${refused}`);
    }
    show();
    if (!isCaughtUp) return;
    const newest = await parameters.look();
    if (newest !== undefined) tell(newest);
    const { sign } = outcome();
    // What it wrote last may come a moment after the sign, over a network.
    goneFor = sign === "died" || sign === "ended" ? goneFor + 1 : 0;
    if (goneFor > 1) over.resolve(outcome());
  }

  const refused = await reach();
  if (options.control && refused !== undefined) {
    connection?.close();
    throw uncontrollable(folder, refused, liveness);
  }
  const events = new Observable<ShownEvent>((subscriber) => {
    tell = (event) => subscriber.next(event);
    fail = (error) => subscriber.error(error);
    follow();
    let next: NodeJS.Timeout | undefined;
    const keepLooking = async (): Promise<void> => {
      await look();
      if (!subscriber.closed)
        next = setTimeout(() => keepLooking().catch(fail), isCaughtUp ? lookMs : lookMs / 10);
    };
    keepLooking().catch(fail);
    return () => {
      clearTimeout(next);
      following?.unsubscribe();
      connection?.close();
    };
  });

  return {
    events,
    source,
    over: over.promise,
    outcome,
    request(control) {
      if (connection !== undefined && mayControl) connection.send(control);
      else onNote("nothing was changed: this terminal doesn't control the run");
    },
  };
}

function uncontrollable(
  folder: string,
  refused: string,
  { sign, host, lastSign = Date.now() }: Liveness,
): TrainscopeError {
  const hint = "Leave out --control to watch it.";
  if (sign === "ended") return refusal(folder, "its process has ended", hint);
  if (sign === "died") {
    return refusal(folder, `its process died; the last sign was at ${formatMoment(lastSign)}`, hint);
  }
  if (host === undefined || host === hostname()) return refusal(folder, refused, hint);
  return refusal(folder, `it is trained on ${host}`, `Only on that machine can it be controlled. ${hint}`);
}

function refusal(folder: string, reason: string, hint: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't control ${folder}: ${reason}`, { hint });
}
