// Shows a run that another process trains, and lets go of it again without touching it.
import { basename, join, resolve } from "node:path";
import { formatMoment } from "@trainscope/core/text";
import { findRun, readFirstEvent, readRunFiles } from "@trainscope/runs";
import { type AttachedRun, attachToRun, type Outcome, withoutRepeats } from "@trainscope/runs/attach";
import { LOG_FILE, writeWhole } from "@trainscope/runs/files";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import type { Overlay } from "@trainscope/tui/reporters";
import { loadReporter, Summary } from "@trainscope/tui/reporters";
import type { Formats } from "@trainscope/tui/text";
import { type Observable, Subject, takeUntil, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { watchInterrupts } from "../interrupts.ts";
import { createNotifier } from "../notify/notifier.ts";
import type { NotifyFlags } from "../notify/notify-flag.ts";
import { createFailureStacks } from "../training/failure-stacks.ts";
import type { ModuleFlags } from "../training/modules.ts";
import { parentOverlay } from "../training/parent-overlay.ts";
import { formatsOf, loadShownMetrics } from "../training/run-formats.ts";

export interface AttachFlags extends ModuleFlags, NotifyFlags {
  readonly control?: boolean;
  readonly reporter?: Reporter;
  readonly out: string;
  readonly verbose?: boolean;
}

export async function attachRun(named: string, reporter: Reporter, flags: AttachFlags): Promise<ExitStatus> {
  const folder = await findRun(flags.out, named);
  const { record, problems } = await readRunFiles(folder);
  problems.forEach(tellNote);
  const metrics = await loadShownMetrics({ record }, flags, tellNote);
  const first = await readFirstEvent(folder);
  const overlay = await parentOverlay({ folder, events: first === undefined ? [] : [first] });
  const shown: Shown = { folder, formats: formatsOf(metrics ?? []), overlay };
  const run = await attachToRun(folder, { control: flags.control ?? false, onNote: tellNote });
  const notifier = createNotifier(flags.notify, { source: folder });
  const stacks = createFailureStacks(reporter, flags.verbose);
  const told: AttachedRun = { ...run, events: run.events.pipe(tap(notifier.take), tap(stacks.take)) };
  const quit = new Subject<void>();
  const leave = (): void => quit.next();
  const interrupts = watchInterrupts({ onFirst: leave, onSecond: leave });
  try {
    if (reporter === "dashboard") return await showRun(shown, told, quit, leave);
    return await reportRun(shown, told, { reporter, quit, leave, isInterrupted: () => interrupts.count > 0 });
  } finally {
    interrupts.close();
    await notifier.close();
    stacks.close();
  }
}

/** The dashboard, where it has the screen, shows in its log what the console is given. */
function tellNote(message: string): void {
  tell(message);
}

/** Until the user leaves: a run that has ended, or died, may still be continued. */
async function showRun(
  { folder, formats, overlay }: Shown,
  run: AttachedRun,
  quit: Observable<void>,
  leave: () => void,
): Promise<ExitStatus> {
  const report = await loadReporter("dashboard");
  await report(run.events.pipe(takeUntil(quit)), {
    source: run.source,
    onControl: run.request,
    onQuit: leave,
    formats,
    overlay,
    savePicture: (name, content) => savePicture(`${nameOf(folder)}-${name}`, content),
  });
  print(`${describe(folder, run.outcome())}`);
  return ExitStatus.done;
}

/** Into the working folder: that of the run is its own process's, and may be one that can only be read. */
async function savePicture(name: string, content: Uint8Array | string): Promise<string> {
  await writeWhole(name, content);
  return name;
}

/** What is known of the run beside what it tells. */
interface Shown {
  readonly folder: string;
  readonly formats: Formats;
  readonly overlay: Overlay | undefined;
}

interface Reporting {
  readonly reporter: Exclude<Reporter, "dashboard">;
  readonly quit: Observable<void>;
  readonly leave: () => void;
  readonly isInterrupted: () => boolean;
}

/** Until the run has ended or its process is gone. */
async function reportRun(shown: Shown, run: AttachedRun, reporting: Reporting): Promise<ExitStatus> {
  const { folder, formats } = shown;
  const { reporter, quit, leave, isInterrupted } = reporting;
  const summary = new Summary();
  let isLeft = false;
  const leaving = quit.pipe(
    tap(() => {
      isLeft = true;
    }),
  );
  const events = withoutRepeats(run.events).pipe(
    takeUntil(run.over),
    takeUntil(leaving),
    tap((event) => summary.add(event)),
  );
  const report = await loadReporter(reporter);
  await report(events, { formats, source: run.source, onControl: run.request, onQuit: leave });
  const outcome = run.outcome();
  const { end } = outcome;
  if (isLeft || end === undefined) tell(`${describe(folder, outcome)}`);
  if (isLeft) return isInterrupted() ? ExitStatus.interrupted : ExitStatus.done;
  if (end === undefined) return ExitStatus.failed;
  if (reporter !== "json") print(...summary.lines(formats, join(folder, LOG_FILE)));
  return end.reason === "diverged" || end.reason === "failed" ? ExitStatus.failed : ExitStatus.done;
}

/** How the run was left, and how to come back to it. */
function describe(folder: string, { processState, lastHeartbeat, end }: Outcome): string {
  if (end !== undefined) return `${folder} has ended: trainscope replay ${folder} shows it from the start.`;

  const when = lastHeartbeat === undefined ? "" : `; its last sign was at ${formatMoment(lastHeartbeat)}`;

  switch (processState) {
    case "ended":
      return `${folder} was left before its end. trainscope train --resume ${folder} continues it.`;

    case "died":
      return `${folder} broke off when its process died${when}. trainscope train --resume ${folder} continues it.`;

    case "silent":
      return `${folder} stands still: its process is there, but gives no sign${when}.`;

    case "alive":
      return `${folder} goes on: trainscope attach ${folder} comes back to it.`;
  }
}

function nameOf(folder: string): string {
  return basename(resolve(folder));
}
