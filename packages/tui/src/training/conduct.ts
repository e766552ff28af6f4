// Sees a prepared run through: trains it, shows it, writes what it leaves, and says at the end what came of it.
import { type Control, inputCount, type RunEndEvent, type TrainingEvent, train } from "@trainscope/core";
import { concat, from, Subject, takeUntil, tap } from "rxjs";
import { type RunServer, serveRun } from "../attach/run-server.ts";
import type { Changeable } from "../dashboard/view/view.ts";
import { ExitStatus } from "../exit-status.ts";
import { chooseEngine } from "../input/engine.ts";
import { watchEngine } from "../input/watched-engine.ts";
import { watchInterrupts } from "../interrupts.ts";
import { describeLostOutput, onLostOutput } from "../output.ts";
import type { Reporter } from "../reporters/choose.ts";
import { loadReporter } from "../reporters/report.ts";
import { createSummary } from "../reporters/summary.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import type { Formats } from "../text/format-metric.ts";
import type { ClosedRun, OpenRun, PreparedRun } from "./prepared-run.ts";

export interface ConductOptions {
  readonly reporter: Reporter;
  /** Epochs; 0 for none but those that are asked for. */
  readonly checkpointEvery: number;
}

/** A new run that was asked for with a key, to go on where this one has ended. */
export interface AskedFork {
  /** This run's folder, as the user would type it. */
  readonly run: string;
  readonly settings: Partial<Record<Changeable, number>>;
}

export interface Conducted {
  readonly status: ExitStatus;
  readonly fork: AskedFork | undefined;
}

export async function conduct(run: PreparedRun, options: ConductOptions): Promise<Conducted> {
  const { reporter } = options;
  const strayErrors = watchStrayErrors();
  const report = await loadReporter(reporter);
  const control = new Subject<Control>();
  const quit = new Subject<void>();
  const stop = (): void => control.next({ action: "stop" });
  const open = await run.open({
    onTrouble: (reason) => warn(`the log of this run can't be written (${reason}); each epoch tries again`),
    onTaken() {
      warn("another process has taken this run over; this one stops");
      stop();
    },
  });
  for (const notice of run.notices) process.stderr.write(`trainscope: ${notice}\n`);

  const interrupts = watchInterrupts({ onFirst: stop, onSecond: () => quit.next() });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    lostOutput ??= error;
    // A run that is being stopped, as by a terminal that was closed, still saves what there is.
    if (interrupts.count === 0) quit.next();
  });
  const summary = createSummary();
  for (const event of run.past) summary.add(event);
  const formats = formatsOf(run);
  let forked: AskedFork["settings"] | undefined;
  const told = new Subject<TrainingEvent>();
  const server = await serve(open, told, (asked) => control.next(asked));
  const { events, parameters } = startTraining(run, open, {
    control,
    checkpointEvery: options.checkpointEvery,
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
      }),
    );
    await report(concat(from(pastFor(reporter, run.past)), live), {
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
    await server.close();
    closed = await open.close();
  }

  for (const line of strayErrors()) process.stderr.write(`trainscope: ${line}\n`);
  if (closed.lacking !== undefined) {
    process.stderr.write(`trainscope: ${open.log.path} lacks the end of the run: ${closed.lacking}\n`);
  }
  if (lostOutput !== undefined) return { status: describeLostOutput(lostOutput), fork: undefined };
  const { end } = summary;
  if (end === undefined) {
    const kept = closed.isLeft ? `what was written is in ${open.folder.path}` : "nothing was written";
    process.stderr.write(`trainscope: left at once; ${kept}.\n`);
    return { status: ExitStatus.interrupted, fork: undefined };
  }
  if (reporter !== "json") process.stdout.write(summary.text(formats, open.log.path));
  return {
    status: statusOf(end, interrupts.count > 0),
    fork: forked && { run: open.folder.path, settings: forked },
  };
}

interface TrainingParts {
  readonly control: Subject<Control>;
  readonly checkpointEvery: number;
  readonly examine: () => boolean;
}

function startTraining(run: PreparedRun, open: OpenRun, parts: TrainingParts) {
  const { options, runId, engine, threads } = run;
  const chosen = chooseEngine({ engine, ...(threads === undefined ? {} : { threads }) });
  const { create, parameters } = watchEngine(chosen);
  const { folder, saveCheckpoint } = open;
  const events = train({ ...options, ...parts, engine: create, runId, write: folder.write, saveCheckpoint });
  return { events, parameters };
}

/** The dashboard shows all of a run that goes on; lines and sentences need its start; what was printed is printed. */
function pastFor(reporter: Reporter, past: readonly TrainingEvent[]): readonly TrainingEvent[] {
  if (reporter === "json") return [];
  return reporter === "dashboard" ? past : past.filter(({ type }) => type === "run:start");
}

async function serve(
  { folder }: OpenRun,
  events: Subject<TrainingEvent>,
  onControl: (control: Control) => void,
): Promise<RunServer> {
  return await serveRun(folder.path, { events, onControl, onTrouble: warn });
}

/** The dashboard, where it has the screen, shows in its log what the console is given. */
function warn(message: string): void {
  console.warn(`trainscope: ${message}`);
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

function formatsOf({ options }: PreparedRun): Formats {
  const { metrics = [] } = options;
  return new Map(
    metrics.flatMap(({ name, format }) => (format === undefined ? [] : [[name, format] as const])),
  );
}
