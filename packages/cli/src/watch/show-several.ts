// Sees several sources through, side by side: their curves over each other on a terminal, else in lines or as JSON.
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import { isTrainingEvent, type ShownEvent } from "@trainscope/core/source";
import { formatNamed } from "@trainscope/formats";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { reportJson, reportLines } from "@trainscope/tui/reporters";
import { filter, map, merge, type Observable, Subject, takeUntil, tap } from "rxjs";
import { firstView } from "../compare/screen/view.ts";
import { ExitStatus } from "../exit-status.ts";
import { type Interrupts, watchInterrupts } from "../interrupts.ts";
import { createNotifier } from "../notify/notifier.ts";
import { describeLostOutput, onLostOutput } from "../output/lost-output.ts";
import { createFailureStacks } from "../training/failure-stacks.ts";
import { chooseWatchReporter } from "./choose-reporter.ts";
import { lastingSources } from "./lasting-sources.ts";
import { namesOfFiles, type WatchedFile } from "./named-sources.ts";
import type { SourceEvents } from "./source-events.ts";
import { keepRaw, noKeys, openTerminal, refuseTypedInput } from "./terminal-keys.ts";
import type { WatchFlags } from "./watch-flags.ts";
import { watchSeveral } from "./watch-several.ts";
import { watchPath, watchStream } from "./watched-source.ts";

/** Gives the exit status. Throws `BAD_OPTION` where what is asked for takes one source. */
export async function showSeveral(files: readonly WatchedFile[], flags: WatchFlags): Promise<ExitStatus> {
  const reporter = reporterFor(flags);
  if (files.some(({ kind }) => kind === "stdin")) refuseTypedInput();
  const quit = new Subject<void>();
  const names = namesOfFiles(files);
  const notifiers = names.map((source) => createNotifier(flags.notify, { source }));
  const stacks = names.map(() => createFailureStacks(reporter, flags.verbose));
  const sources = files.map((file, index): SourceEvents => {
    const name = names[index] ?? "";
    const notifier = notifiers[index];
    const ofSource = stacks[index];
    const told = eventsOf(file, flags).pipe(
      tap((event) => ofSource?.take(event)),
      tap({ next: (event) => notifier?.take(event), complete: () => notifier?.end(`${name} has ended`) }),
      takeUntil(quit),
    );
    return { name, events: told, hasEnd: file.kind === "stdin" };
  });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    lostOutput ??= error;
    quit.next();
  });
  const leave = (): void => quit.next();
  const interrupts = watchInterrupts({ onFirst: leave, onSecond: leave });
  try {
    if (reporter === "dashboard") await showScreen(sources, quit, interrupts);
    else {
      const lasting = lastingSources(sources, (name, error) =>
        tell(`${name}: it is read no further: ${messageOf(error)}`),
      );
      if (reporter === "json") await reportJson(merge(...lasting.map(namedEvents)), print);
      else await Promise.all(lasting.map(inLines));
    }
  } finally {
    quit.next();
    interrupts.close();
    await Promise.all(notifiers.map((notifier) => notifier.close()));
    for (const ofSource of stacks) ofSource.close();
  }
  if (lostOutput !== undefined) return describeLostOutput(lostOutput);
  return interrupts.count > 0 ? ExitStatus.interrupted : ExitStatus.done;
}

function reporterFor({ format, control, reporter }: WatchFlags): Reporter {
  if (format !== undefined) formatNamed(format);
  if (control === true) {
    throw new TrainscopeError("BAD_OPTION", "--control asks one loop, and several sources are named");
  }
  if (reporter === "sentences") {
    throw new TrainscopeError("BAD_OPTION", "--reporter sentences tells of one source, and several are named", {
      hint: "Use --reporter lines.",
    });
  }
  const chosen = chooseWatchReporter(reporter);
  return chosen === "sentences" ? "lines" : chosen;
}

function eventsOf(file: WatchedFile, { format, pattern }: WatchFlags): Observable<ShownEvent> {
  const options = { format, pattern };
  return file.kind === "stdin" ? watchStream(process.stdin, options) : watchPath(file.path, options);
}

async function showScreen(
  sources: readonly SourceEvents[],
  quit: Subject<void>,
  interrupts: Interrupts,
): Promise<void> {
  const piped = sources.find(({ hasEnd }) => hasEnd);
  const keys = piped === undefined ? undefined : openTerminal();
  const { showComparison } = await import("../compare/screen/show.tsx");
  const shown = sources.map((source) =>
    source === piped && keys !== undefined
      ? { ...source, events: source.events.pipe(tap({ complete: () => keepRaw(keys) })) }
      : source,
  );
  const screen = showComparison({
    ...watchSeveral(shown),
    view: firstView(undefined, "axis", "watch"),
    onLeave: (by) => {
      if (by === "interrupt") interrupts.note();
      quit.next();
    },
    stdin: piped === undefined ? process.stdin : (keys ?? noKeys()),
  });
  const leaving = quit.subscribe(() => void screen.close());
  try {
    await screen.done;
  } finally {
    leaving.unsubscribe();
    keys?.destroy();
  }
  for (const path of screen.written) print(`wrote ${path}`);
}

/** Which of them it comes from, its run says. */
function namedEvents({ name, events }: SourceEvents): Observable<TrainingEvent> {
  return events.pipe(
    filter(isTrainingEvent),
    map((event) => ({ ...event, runId: name })),
  );
}

function inLines({ name, events }: SourceEvents): Promise<void> {
  const printNamed = (...lines: readonly string[]): void => print(...lines.map((line) => `${name}: ${line}`));
  return reportLines(events.pipe(filter(isTrainingEvent)), printNamed, new Map());
}
