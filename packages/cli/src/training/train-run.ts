// Sees a prepared run through: trains it, shows it, writes what it leaves, and says at the end what came of it.

import { type Control, inputCount, type ModelParameters, train } from "@trainscope/core";
import type { RunEndEvent, TrainingEvent } from "@trainscope/core/events";
import type { ShownEvent } from "@trainscope/core/source";
import { serveRun } from "@trainscope/runs/serve";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import type { Changeable } from "@trainscope/tui/reporters";
import { reportOn, Summary } from "@trainscope/tui/reporters";
import type { Formats } from "@trainscope/tui/text";
import { concat, from, type Observable, ReplaySubject, Subject, takeUntil, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { type CheckpointFlags, checkpointFlags } from "../flags/checkpoint-policy.ts";
import { watchEngine } from "../input/watched-engine.ts";
import { type Interrupts, watchInterrupts } from "../interrupts.ts";
import { createNotifier } from "../notify/notifier.ts";
import type { Target } from "../notify/target.ts";
import { describeLostOutput, onLostOutput } from "../output/lost-output.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import { createFailureStacks } from "./failure-stacks.ts";
import type { ClosedRun, OpenRun, PreparedRun } from "./prepared-run.ts";
import { formatsOf } from "./run-formats.ts";

/** A new run that was asked for with a key, to go on where this one has ended, with checkpoints as often. */
export interface AskedFork extends CheckpointFlags {
  /** This run's folder, as the user would type it. */
  readonly run: string;
  readonly settings: Partial<Record<Changeable, number>>;
}

export interface TrainedRun {
  readonly status: ExitStatus;
  readonly fork: AskedFork | undefined;
}

/** Milliseconds that a run has to come to its end after a fault. */
const LONGEST_STOP_MS = 10_000;

/** Once it trains nobody asks for them any more; without a bound they would be kept to the end. */
const MOST_BEFORE_START = 100;

/** What is asked of the run by keys, signals, other terminals and what goes wrong. */
class Requests {
  /** What is asked for before training has begun is not lost. */
  readonly control = new ReplaySubject<Control>(MOST_BEFORE_START);
  readonly quit = new ReplaySubject<void>();
  /** The settings of the new run that is to go on from this one. */
  fork: AskedFork["settings"] | undefined;

  stop(): void {
    this.control.next({ action: "stop" });
  }

  leave(): void {
    this.quit.next();
  }
}

/** A run that is being trained, and what watches it. */
interface Training {
  readonly run: PreparedRun;
  readonly open: OpenRun;
  readonly reporter: Reporter;
  readonly requests: Requests;
  readonly interrupts: Interrupts;
  readonly summary: Summary;
  readonly formats: Formats;
}

interface TrainRunOptions {
  readonly notify?: readonly Target[] | undefined;
  /** Tells the stacks of what plugins threw, too. */
  readonly verbose?: boolean | undefined;
}

export async function trainRun(
  run: PreparedRun,
  reporter: Reporter,
  { notify = [], verbose = false }: TrainRunOptions = {},
): Promise<TrainedRun> {
  const requests = new Requests();
  const strayErrors = watchStrayErrors((line) => {
    warn(`${line}; the run is saved and ends`);
    requests.stop();
    // What has broken may be what would stop it.
    setTimeout(() => requests.leave(), LONGEST_STOP_MS).unref();
  });
  const open = await openRun(run, requests);
  for (const notice of run.notices) tell(notice);
  const interrupts = watchInterrupts({
    onFirst: () => requests.stop(),
    onSecond: () => requests.leave(),
  });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    // Nobody sees it any more: it ends with what there is saved.
    if (lostOutput === undefined) requests.stop();
    lostOutput ??= error;
  });
  const summary = new Summary();
  for (const event of run.past) summary.add(event);
  const formats = formatsOf(run.options.metrics ?? []);
  const training = { run, open, reporter, requests, interrupts, summary, formats };
  const stacks = createFailureStacks(reporter, verbose);
  const closed = await trainToEnd(training, notify, stacks.take).finally(() => {
    stacks.close();
    for (const [line, ...frames] of strayErrors.collected()) tell(line, ...(verbose ? frames : []));
  });
  if (closed.lacking !== undefined) {
    tell(`${open.log.path} lacks the end of the run: ${closed.lacking}`);
  }
  if (lostOutput !== undefined) return { status: describeLostOutput(lostOutput), fork: undefined };
  return concludeRun(training, closed, strayErrors.fault());
}

function openRun(run: PreparedRun, requests: Requests): Promise<OpenRun> {
  return run.open({
    onTrouble: (reason) => warn(`the log of this run can't be written (${reason}); each epoch tries again`),
    onTaken() {
      warn("another process has taken this run over; this one writes no more to it");
      requests.leave();
    },
  });
}

/** Resolves when the run has ended, or was left, and what it leaves on the disk is there. */
async function trainToEnd(
  training: Training,
  notify: readonly Target[],
  onEvent: (event: TrainingEvent) => void,
): Promise<ClosedRun> {
  const { run, open, reporter, requests, interrupts, summary } = training;
  const emitted = new Subject<TrainingEvent>();
  const notifier = createNotifier(notify, { source: open.folder.path });
  const server = await serveEvents(training, emitted);
  const { events, parameters } = startTraining(run, open, {
    control: requests.control,
    examine: () => reporter === "dashboard" || server.hasViewers(),
  });
  const live = events.pipe(
    takeUntil(requests.quit),
    tap((event) => {
      summary.add(event);
      open.log.add(event);
      emitted.next(event);
      notifier.take(event);
      onEvent(event);
    }),
  );
  let closed: ClosedRun;
  try {
    await showRun(training, concat(from(pastFor(reporter, run)), live), parameters);
  } finally {
    interrupts.close();
    if (summary.end === undefined) notifier.end("it was left before its end");
    await notifier.close();
    await server.close();
    closed = await open.close();
  }
  return closed;
}

/** To other terminals. */
function serveEvents({ open, reporter, requests }: Training, events: Observable<TrainingEvent>) {
  return serveRun(open.folder.path, {
    events,
    onControl: (asked) => requests.control.next(asked),
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
}

function showRun(
  { run, open, reporter, requests, interrupts, formats }: Training,
  events: Observable<ShownEvent>,
  parameters: () => ModelParameters | undefined,
): Promise<void> {
  return reportOn(reporter, events, {
    formats,
    overlay: run.overlay,
    onControl: (asked) => requests.control.next(asked),
    onInterrupt: interrupts.note,
    onQuit: () => requests.leave(),
    onFork(settings) {
      requests.fork = settings;
      requests.stop();
    },
    folder: open.folder.path,
    imageOf: (index) => validationImage(run, index),
    parameters,
    savePicture: open.folder.write,
  });
}

/** Prints what came of the run; `fault` is an error that wasn't a plugin's and has ended it, as a line. */
function concludeRun(training: Training, closed: ClosedRun, fault: string | undefined): TrainedRun {
  const { run, open, reporter, requests, interrupts, summary, formats } = training;
  const { path } = open.folder;
  if (fault !== undefined) {
    const goesOn = closed.isLeft
      ? ` What it had come to is in ${path}; train --resume goes on from there.`
      : "";
    tell(`ended by ${fault}.${goesOn}`);
    return { status: ExitStatus.failed, fork: undefined };
  }
  const { end } = summary;
  if (end === undefined) {
    tell(`left at once; ${closed.isLeft ? `what was written is in ${path}` : "nothing was written"}.`);
    return { status: ExitStatus.interrupted, fork: undefined };
  }
  if (reporter !== "json") print(...summary.lines(formats, open.log.path));
  const settings = requests.fork;
  return {
    status: statusOf(end, interrupts.count > 0),
    fork: settings && { run: path, settings, ...checkpointFlags(run.checkpoints) },
  };
}

interface TrainingParts {
  readonly control: Observable<Control>;
  readonly examine: () => boolean;
}

function startTraining(run: PreparedRun, { runId, folder, saveCheckpoint }: OpenRun, parts: TrainingParts) {
  const { create, parameters } = watchEngine(run.engine);
  const events = train({
    ...run.options,
    ...parts,
    write: folder.write,
    append: folder.append,
    saveCheckpoint,
    checkpointEvery: run.checkpoints.every,
    engine: create,
    runId,
  });
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
