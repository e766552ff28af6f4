// Sees what is watched through: reads it, shows it, tells a person elsewhere, and says at the end what came of it.

import { createSourceStore, type ShownEvent, type Source } from "@trainscope/core/source";
import { type Entry, formatNamed } from "@trainscope/formats";
import { writeWhole } from "@trainscope/runs/files";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { loadReporter } from "@trainscope/tui/reporters";
import { BehaviorSubject, concatWith, NEVER, type Observable, Subject, share, takeUntil, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { type Interrupts, watchInterrupts } from "../interrupts.ts";
import { createNotifier } from "../notify/notifier.ts";
import { describeLostOutput, onLostOutput } from "../output/lost-output.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import { createFailureStacks } from "../training/failure-stacks.ts";
import { chooseWatchReporter } from "./choose-reporter.ts";
import { CONTROL_VARIABLE, type LoopControl, openLoopControl } from "./loop-control.ts";
import { nameOfFile, type Watched } from "./named-sources.ts";
import { WatchedProgram } from "./program.ts";
import { programName } from "./program-name.ts";
import { keepRaw, noKeys, openTerminal, refuseTypedInput } from "./terminal-keys.ts";
import type { WatchFlags } from "./watch-flags.ts";
import { watchPath, watchStream } from "./watched-source.ts";

const NOTHING_TO_ASK = "another program trains: nothing can be asked of it here";

/** Gives the exit status: that of the program where one is run. */
export async function showWatched(watched: Watched, flags: WatchFlags): Promise<number> {
  const { format, pattern } = flags;
  if (format !== undefined) formatNamed(format);
  if (watched.kind === "stdin") refuseTypedInput();
  const reporter = chooseWatchReporter(flags.reporter);
  const loop = flags.control === true ? await openLoop() : undefined;
  const options = { format, pattern, beside: loop?.told };
  const program =
    watched.kind === "program"
      ? new WatchedProgram(watched.command, {
          ...options,
          ...(loop === undefined ? {} : { environment: { [CONTROL_VARIABLE]: loop.control.path } }),
        })
      : undefined;
  const events = program?.events ?? eventsOf(watched, options);
  const quit = new Subject<void>();
  const strayErrors = watchStrayErrors(() => quit.next());
  const interrupted = (): void => {
    if (program === undefined || program.status !== undefined) quit.next();
    else program.interrupt();
  };
  const interrupts = watchInterrupts({ onFirst: interrupted, onSecond: interrupted });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    lostOutput ??= error;
    program?.interrupt();
    quit.next();
  });
  const notifier = createNotifier(flags.notify, { source: nameOf(watched) });
  const stacks = createFailureStacks(reporter, flags.verbose);
  try {
    const told = events.pipe(
      tap(stacks.take),
      tap({ next: notifier.take, complete: () => notifier.end(endOf(watched, program)) }),
      // Goes on while nobody looks.
      share({ resetOnComplete: false, resetOnError: false, resetOnRefCountZero: program === undefined }),
    );
    await showEvents(told, { watched, reporter, program, loop, quit, interrupts });
    if (program !== undefined && program.status === undefined && lostOutput === undefined) {
      tell(`${nameOf(watched)} goes on; its figures follow in lines. Ctrl-C stops it.`);
      const inLines = await loadReporter("lines");
      await inLines(told, { formats: new Map(), onControl() {}, onQuit() {} });
    }
  } finally {
    interrupts.close();
    await loop?.control.close();
    await notifier.close();
    stacks.close();
  }
  for (const [line, ...frames] of strayErrors.collected()) tell(line, ...(flags.verbose ? frames : []));
  const fault = strayErrors.fault();
  if (fault !== undefined) {
    tell(`ended by ${fault}.`);
    return ExitStatus.failed;
  }
  if (lostOutput !== undefined) return describeLostOutput(lostOutput);
  if (program?.status !== undefined) return program.status;
  return interrupts.count > 0 ? ExitStatus.interrupted : ExitStatus.done;
}

interface Showing {
  readonly watched: Watched;
  readonly reporter: Reporter;
  readonly program: WatchedProgram | undefined;
  readonly loop: Loop | undefined;
  readonly quit: Subject<void>;
  readonly interrupts: Interrupts;
}

/** A picture of the screen, into the working folder. */
async function saveHere(name: string, content: Uint8Array | string): Promise<string> {
  await writeWhole(name, content);
  return name;
}

type WatchedSource = Extract<Source, { readonly kind: "watched" }>;

function withoutControl({ mayControl: _, ...source }: WatchedSource): WatchedSource {
  return source;
}

interface Loop {
  readonly control: LoopControl;
  /** What it answers. */
  readonly told: Observable<Entry>;
  readonly isConnected: BehaviorSubject<boolean>;
}

async function openLoop(): Promise<Loop> {
  const told = new Subject<Entry>();
  const isConnected = new BehaviorSubject(false);
  const control = await openLoopControl({
    event: (value) => told.next({ kind: "event", value }),
    refused: (reason) => told.next({ kind: "text", level: "warning", text: `not done: ${reason}` }),
    connected: (isThere) => isConnected.next(isThere),
  });
  return { control, told, isConnected };
}

async function showEvents(events: Observable<ShownEvent>, showing: Showing): Promise<void> {
  const { watched, reporter, program, loop, quit, interrupts } = showing;
  // A program that is run has its own stdin from a pipe.
  const isPiped = watched.kind === "stdin" || (program !== undefined && process.stdin.isTTY !== true);
  const keys = isPiped && needsKeys(reporter) ? openTerminal() : undefined;
  let shown: WatchedSource = { kind: "watched", name: nameOf(watched), isOurs: program !== undefined };
  const source = createSourceStore<Source>(shown);
  const connection = loop?.isConnected.subscribe((mayControl) => {
    shown = { ...shown, mayControl };
    source.set(shown);
  });
  if (loop !== undefined && program === undefined) {
    tell(`a loop is asked through ${CONTROL_VARIABLE}=${loop.control.path}`);
  }
  const seen = events.pipe(
    tap({
      complete() {
        connection?.unsubscribe();
        source.set({ ...withoutControl(shown), hasEnded: true });
        if (keys !== undefined) keepRaw(keys);
      },
    }),
  );
  // What was shown last can be looked at as long as there is a key to leave with.
  const mayStay = reporter === "dashboard" && (!isPiped || keys !== undefined);
  const staying = (mayStay ? seen.pipe(concatWith(NEVER)) : seen).pipe(takeUntil(quit));
  let hasAskedToStop = false;
  try {
    const report = await loadReporter(reporter);
    await report(staying, {
      formats: new Map(),
      source,
      ...(program === undefined ? {} : { onInterrupt: interrupts.note }),
      onControl(control) {
        const isAsked = loop?.isConnected.value === true && !hasAskedToStop;
        if (control.action === "stop") hasAskedToStop = true;
        if (program !== undefined && hasAskedToStop) program.isStopped = true;
        if (isAsked) loop.control.ask(control);
        else if (program !== undefined && control.action === "stop") program.interrupt();
        // Of these reporters only the dashboard knows by itself that nothing can be asked.
        else if (reporter !== "dashboard") print(`${NOTHING_TO_ASK}.`);
      },
      onQuit: () => quit.next(),
      savePicture: saveHere,
      stdin: isPiped ? (keys ?? noKeys()) : process.stdin,
    });
  } finally {
    connection?.unsubscribe();
    keys?.destroy();
  }
}

function eventsOf(watched: Watched, options: Parameters<typeof watchPath>[1]): Observable<ShownEvent> {
  return watched.kind === "path" ? watchPath(watched.path, options) : watchStream(process.stdin, options);
}

function nameOf(watched: Watched): string {
  return watched.kind === "program" ? programName(watched.command) : nameOfFile(watched);
}

function endOf(watched: Watched, program: WatchedProgram | undefined): string {
  const { status } = program ?? {};
  return `${nameOf(watched)} has ended${status === undefined || status === 0 ? "" : ` with status ${status}`}`;
}

function needsKeys(reporter: Reporter): boolean {
  return reporter === "dashboard" || reporter === "sentences";
}
