// Sees a prepared run through: trains it, shows it, writes what it leaves, and says at the end what came of it.

import { type Control, inputCount, train } from "@trainscope/core";
import type { RunEndEvent, TrainingEvent } from "@trainscope/core/events";
import type { ShownEvent } from "@trainscope/core/source";
import { serveRun } from "@trainscope/runs/attach";
import { print, tell } from "@trainscope/tui/output";
import type { Changeable, Reporter } from "@trainscope/tui/reporters";
import { createSummary, reportOn } from "@trainscope/tui/reporters";
import { concat, from, type Observable, ReplaySubject, Subject, takeUntil, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { watchEngine } from "../input/watched-engine.ts";
import { watchInterrupts } from "../interrupts.ts";
import { createNotifier } from "../notify/notifier.ts";
import type { Target } from "../notify/target.ts";
import { describeLostOutput, onLostOutput } from "../output/lost-output.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import { type CheckpointFlags, checkpointFlags } from "./checkpoint-policy.ts";
import type { ClosedRun, OpenRun, PreparedRun } from "./prepared-run.ts";
import { formatsOf } from "./run-formats.ts";

/** A new run that was asked for with a key, to go on where this one has ended, with checkpoints as often. */
export interface AskedFork extends CheckpointFlags {
  /** This run's folder, as the user would type it. */
  readonly run: string;
  readonly settings: Partial<Record<Changeable, number>>;
}

export interface Conducted {
  readonly status: ExitStatus;
  readonly fork: AskedFork | undefined;
}

/** Milliseconds that a run has to come to its end after a fault. */
const LONGEST_STOP_MS = 10_000;

/** Once it trains nobody asks for them any more; without a bound they would be kept to the end. */
const MOST_BEFORE_START = 100;

export async function conduct(
  run: PreparedRun,
  reporter: Reporter,
  notify: readonly Target[] = [],
): Promise<Conducted> {
  // What is asked for before training has begun is not lost.
  const control = new ReplaySubject<Control>(MOST_BEFORE_START);
  const quit = new ReplaySubject<void>();
  const stop = (): void => control.next({ action: "stop" });
  const strayErrors = watchStrayErrors((line) => {
    warn(`${line}; the run is saved and ends`);
    stop();
    // What has broken may be what would stop it.
    setTimeout(() => quit.next(), LONGEST_STOP_MS).unref();
  });
  const open = await run.open({
    onTrouble: (reason) => warn(`the log of this run can't be written (${reason}); each epoch tries again`),
    onTaken() {
      warn("another process has taken this run over; this one writes no more to it");
      quit.next();
    },
  });
  for (const notice of run.notices) tell(notice);

  const interrupts = watchInterrupts({ onFirst: stop, onSecond: () => quit.next() });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    // Nobody sees it any more: it ends with what there is saved.
    if (lostOutput === undefined) stop();
    lostOutput ??= error;
  });
  const summary = createSummary();
  for (const event of run.past) summary.add(event);
  const formats = formatsOf(run.options.metrics ?? []);
  let forked: AskedFork["settings"] | undefined;
  const told = new Subject<TrainingEvent>();
  const notifier = createNotifier(notify, { source: open.folder.path });
  const server = await serveRun(open.folder.path, {
    events: told,
    onControl: (asked) => control.next(asked),
    onWriter(isThere) {
      const text = isThere
        ? "another terminal controls this run, too"
        : "no other terminal controls this run any more";
      // No warning, and nothing for what reads the output.
      if (reporter === "dashboard") print(text);
      else tell(text);
    },
    onTrouble: warn,
  });
  const { events, parameters } = startTraining(run, open, {
    control,
    examine: () => reporter === "dashboard" || server.hasViewers(),
  });
  let closed: ClosedRun;
  try {
    const live = events.pipe(
      takeUntil(quit),
      tap((event) => {
        summary.add(event);
        open.log.add(event);
        told.next(event);
        notifier.take(event);
      }),
    );
    await reportOn(reporter, concat(from(pastFor(reporter, run)), live), {
      formats,
      overlay: run.overlay,
      onControl: (asked) => control.next(asked),
      onInterrupt: interrupts.note,
      onQuit: () => quit.next(),
      onFork(settings) {
        forked = settings;
        stop();
      },
      folder: open.folder.path,
      imageOf: (index) => validationImage(run, index),
      parameters,
      savePicture: open.folder.write,
    });
  } finally {
    interrupts.close();
    if (summary.end === undefined) notifier.end("it was left before its end");
    await notifier.close();
    await server.close();
    closed = await open.close();
  }

  for (const line of strayErrors.lines()) tell(line);
  if (closed.lacking !== undefined) {
    tell(`${open.log.path} lacks the end of the run: ${closed.lacking}`);
  }
  if (lostOutput !== undefined) return { status: describeLostOutput(lostOutput), fork: undefined };
  const { end } = summary;
  const fault = strayErrors.fault();
  if (fault !== undefined) {
    const goesOn = closed.isLeft
      ? ` What it had come to is in ${open.folder.path}; train --resume goes on from there.`
      : "";
    tell(`ended by ${fault}.${goesOn}`);
    return { status: ExitStatus.failed, fork: undefined };
  }
  if (end === undefined) {
    const kept = closed.isLeft ? `what was written is in ${open.folder.path}` : "nothing was written";
    tell(`left at once; ${kept}.`);
    return { status: ExitStatus.interrupted, fork: undefined };
  }
  if (reporter !== "json") print(...summary.lines(formats, open.log.path));
  return {
    status: statusOf(end, interrupts.count > 0),
    fork: forked && { run: open.folder.path, settings: forked, ...checkpointFlags(run.checkpoints) },
  };
}

interface TrainingParts {
  readonly control: Observable<Control>;
  readonly examine: () => boolean;
}

function startTraining(run: PreparedRun, open: OpenRun, parts: TrainingParts) {
  const { create, parameters } = watchEngine(run.engine);
  const { runId, folder, saveCheckpoint } = open;
  const checkpointEvery = run.checkpoints.every;
  const kept = { write: folder.write, saveCheckpoint, checkpointEvery };
  const events = train({ ...run.options, ...parts, ...kept, engine: create, runId });
  return { events, parameters };
}

/** The dashboard shows all of a run that goes on; lines and sentences need its start; what was printed is printed. */
function pastFor(reporter: Reporter, { past, options }: PreparedRun): readonly ShownEvent[] {
  if (reporter === "json") return [];
  if (reporter !== "dashboard") return past.filter(({ type }) => type === "run:start");
  const checkpoint = options.resume?.checkpoint ?? options.fork;
  if (checkpoint === undefined) return past;
  return [...past, { type: "parameters", epoch: checkpoint.epoch, values: checkpoint.parameters }];
}

/** The dashboard, where it has the screen, shows in its log what the console is given. */
function warn(message: string): void {
  tell(message);
}

function statusOf({ reason }: RunEndEvent, wasInterrupted: boolean): ExitStatus {
  if (reason === "diverged" || reason === "failed") return ExitStatus.failed;
  return reason === "stopped" && wasInterrupted ? ExitStatus.interrupted : ExitStatus.done;
}

/** Its bytes, as the dataset has them. */
function validationImage({ options }: PreparedRun, index: number): Uint8Array {
  const { shape, validation } = options.dataset;
  const inputs = inputCount(shape);
  return validation.images.subarray(index * inputs, (index + 1) * inputs);
}
