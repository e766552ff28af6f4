// A run that another process trains, as this one sees it: its events from the log and from the process, its model from
// the checkpoints, and whether the process still lives. It is only read, but for what is asked of the process.
import { hostname } from "node:os";
import { join } from "node:path";
import type { Control } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import type { RunEndEvent } from "@trainscope/core/events";
import {
  createSourceStore,
  type ProcessState,
  type ShownEvent,
  type Source,
  type SourceStore,
} from "@trainscope/core/source";
import { formatMoment } from "@trainscope/core/text";
import { defer, Observable, repeat, Subject, timer } from "rxjs";
import { LOG_FILE } from "../files/file-names.ts";
import { HEARTBEAT_MS, type Liveness } from "../sessions/session.ts";
import { createNewestParameters } from "./newest-parameters.ts";
import { processStateOf, readRunLiveness } from "./process-state.ts";
import { RunFeed } from "./run-feed.ts";
import { createRunLink } from "./run-link.ts";

export interface AttachOptions {
  /** Whether to be the one that controls the run. */
  readonly control: boolean;
  /** What the user should know, as a sentence: a control that was not taken, or the loss of control. */
  readonly onNote: (message: string) => void;
  /** Milliseconds from one look at the process to the next. */
  readonly lookMs?: number;
}

/** A run of another process that is followed, and may be controlled. */
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

/** How the run stands that was followed. */
export interface Outcome {
  readonly processState: ProcessState;
  /** Milliseconds since 1970. */
  readonly lastHeartbeat: number | undefined;
  /** `undefined` where its log has none (yet). */
  readonly end: RunEndEvent | undefined;
}

/** As often as a process gives a sign. */
const LOOK_MS = HEARTBEAT_MS;

/** Throws `BAD_OPTION` where control is asked for and can't be had. */
export async function attachToRun(folder: string, options: AttachOptions): Promise<AttachedRun> {
  const { control, onNote, lookMs = LOOK_MS } = options;
  const shown = new Subject<ShownEvent>();
  const over = Promise.withResolvers<Outcome>();
  const parameters = createNewestParameters(folder);
  let liveness = await readRunLiveness(folder);
  /** Looks in a row that found no process any more. */
  let goneFor = 0;

  const feed = new RunFeed(join(folder, LOG_FILE), {
    tell: (event) => shown.next(event),
    forget() {
      parameters.forget();
      shown.next({ type: "restart" });
    },
    onEnd: () => over.resolve(outcome()),
    onNote,
    onError: (error) => shown.error(error),
  });
  const link = createRunLink(folder, { control, feed, onNote, onChange: () => source.set(sourceNow()) });

  function outcome(): Outcome {
    const { end } = feed;
    return {
      processState: processStateOf(liveness, end !== undefined, link.isConnected),
      lastHeartbeat: liveness.lastHeartbeat,
      end,
    };
  }

  function sourceNow(): Source {
    const { processState, lastHeartbeat } = outcome();
    return { kind: "attached", mayControl: link.mayControl, processState, lastHeartbeat };
  }

  async function look(): Promise<void> {
    liveness = await readRunLiveness(folder);
    if (!link.isConnected && (liveness.processState === "alive" || liveness.processState === "silent")) {
      const refused = await link.reach();
      if (link.isConnected && refused !== undefined) onNote(`the run is only watched now: ${refused}`);
    }
    source.set(sourceNow());
    if (!feed.isCaughtUp) return;
    const newest = await parameters.look();
    if (newest !== undefined) shown.next(newest);
    const { processState } = outcome();
    // What it wrote last may come a moment after the sign, over a network.
    goneFor = processState === "died" || processState === "ended" ? goneFor + 1 : 0;
    if (goneFor > 1) over.resolve(outcome());
  }

  const source = createSourceStore<Source>(sourceNow());
  const refused = await link.reach();
  if (control && refused !== undefined) {
    link.close();
    throw uncontrollable(folder, refused, liveness);
  }
  const looks = defer(look).pipe(repeat({ delay: () => timer(feed.isCaughtUp ? lookMs : lookMs / 10) }));
  const events = new Observable<ShownEvent>((subscriber) => {
    const showing = shown.subscribe(subscriber);
    feed.start();
    showing.add(looks.subscribe({ error: (error) => shown.error(error) }));
    showing.add(() => feed.stop());
    showing.add(link.close);
    return showing;
  });
  return { events, source, over: over.promise, outcome, request: link.request };
}

function uncontrollable(
  folder: string,
  refused: string,
  { processState, host, lastHeartbeat = Date.now() }: Liveness,
): TrainscopeError {
  const hint = "Leave out --control to watch it.";
  if (processState === "ended") return refusal(folder, "its process has ended", hint);
  if (processState === "died") {
    return refusal(folder, `its process died; the last sign was at ${formatMoment(lastHeartbeat)}`, hint);
  }
  if (host === undefined || host === hostname()) return refusal(folder, refused, hint);
  return refusal(folder, `it is trained on ${host}`, `Only on that machine can it be controlled. ${hint}`);
}

function refusal(folder: string, reason: string, hint: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't control ${folder}: ${reason}`, { hint });
}
