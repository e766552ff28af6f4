// A sweep from its folder: followed while another process conducts it, and played once it has ended.
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { TrainscopeError } from "@trainscope/core/errors";
import { createLineSplitter, followFile, isLocked } from "@trainscope/runs/files";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { tell } from "@trainscope/tui/output";
import { concat, from, NEVER, Observable, Subject, takeUntil } from "rxjs";
import { ExitStatus } from "../../exit-status.ts";
import { watchInterrupts } from "../../interrupts.ts";
import { SWEEP_EVENTS } from "./event-file.ts";
import { parseSweepEvent } from "./event-schema.ts";
import type { SweepEvent } from "./events.ts";
import { readLines } from "./read-lines.ts";
import { loadSweepReporter } from "./reporters.ts";
import { LOCK } from "./sweep-folder.ts";

/** Between two looks at the file. */
const LOOK_MS = 250;
/** Looks, one after another, at a sweep that nobody conducts and that has not told its end. */
const MOST_SILENT_LOOKS = 8;
const USUAL_SPEED = 10;

interface PlayOptions {
  readonly reporter: Reporter;
  /** Seconds of the sweep in one of the replay. */
  readonly speed: number | undefined;
}

/** `replay`: as it went; at once where nobody watches. */
export async function replaySweep(folder: string, { reporter, speed }: PlayOptions): Promise<ExitStatus> {
  const events: SweepEvent[] = [];
  const take = createTaker((event) => events.push(event));
  take.line(await readLines(join(folder, SWEEP_EVENTS), take.line));
  take.tellWrong(folder);
  if (events.length === 0) throw nothingTold(folder);
  if (reporter !== "dashboard") return await show(from(events), { reporter });
  const factor = speed ?? USUAL_SPEED;
  return await show(concat(paced(events, factor), NEVER), { reporter, now: () => factor * Date.now() });
}

/** `attach`: until the user leaves; elsewhere than on a screen until the sweep has ended, or its process is gone. */
export async function attachSweep(folder: string, reporter: Reporter): Promise<ExitStatus> {
  const path = join(folder, SWEEP_EVENTS);
  let isOver = false;
  let isGone = false;
  const events = new Observable<SweepEvent>((subscriber) => {
    const stop = new AbortController();
    const take = createTaker((event) => {
      isOver = event.type === "sweep:end";
      subscriber.next(event);
    });
    let splitter = createLineSplitter({ onLine: take.line, onTooLong: () => take.line("") });
    const restart = (): void => {
      splitter = createLineSplitter({ onLine: take.line, onTooLong: () => take.line("") });
    };
    const file = followFile(path, { bytes: (bytes) => splitter.add(bytes), restart }, stop.signal);
    const follow = async (): Promise<void> => {
      for (let looks = 0; ; ) {
        // Before the file: its end is told after the folder has been let go of, and another start may have the folder by now.
        const isRunning = await isLocked(join(folder, LOCK));
        await file.readOn();
        take.tellWrong(folder);
        looks = isOver || isRunning ? 0 : looks + 1;
        isGone = looks === MOST_SILENT_LOOKS;
        if (isGone || (isOver && !isRunning && reporter !== "dashboard")) break;
        await setTimeout(LOOK_MS, undefined, { signal: stop.signal });
      }
      subscriber.complete();
    };
    follow().catch((error: unknown) => !stop.signal.aborted && subscriber.error(error));
    return () => stop.abort();
  });
  const status = await show(events, { reporter });
  if (!isGone) return status;
  tell(`${folder}: no process goes on with this sweep; trainscope sweep --out ${folder} does`);
  return ExitStatus.failed;
}

/** Of lines what they tell. */
function createTaker(onEvent: (event: SweepEvent) => void) {
  let wrong = 0;
  let reason = "";
  return {
    line(text: string): void {
      if (text === "") return;
      const parsed = parseSweepEvent(text);
      if ("value" in parsed) {
        onEvent(parsed.value);
        return;
      }
      wrong++;
      reason = parsed.reason;
    },
    /** Once for what came since it was last called. */
    tellWrong(folder: string): void {
      if (wrong > 0)
        tell(
          `${join(folder, SWEEP_EVENTS)}: ${wrong === 1 ? "a line is" : `${wrong} lines are`} passed over: ${reason}`,
        );
      wrong = 0;
    },
  };
}

/** Milliseconds after the first at which each is played: without the time that passed before the sweep was gone on with. */
export function playTimes(events: readonly SweepEvent[], speed: number): readonly number[] {
  let [played, time] = [0, events[0]?.time ?? 0];
  return events.map((event) => {
    if (event.type !== "sweep:start") played += event.time - time;
    time = event.time;
    return played / speed;
  });
}

function paced(events: readonly SweepEvent[], speed: number): Observable<SweepEvent> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const startedAt = performance.now();
    const times = playTimes(events, speed);
    const play = async (): Promise<void> => {
      for (const [index, event] of events.entries()) {
        const wait = (times[index] ?? 0) - (performance.now() - startedAt);
        if (wait > 0) await setTimeout(wait, undefined, { signal: stop.signal });
        subscriber.next(event);
      }
      subscriber.complete();
    };
    play().catch((error: unknown) => !stop.signal.aborted && subscriber.error(error));
    return () => stop.abort();
  });
}

async function show(
  events: Observable<SweepEvent>,
  { reporter, now }: { readonly reporter: Reporter; readonly now?: () => number },
): Promise<ExitStatus> {
  const report = await loadSweepReporter(reporter, { isWatched: true, ...(now && { now }) });
  const quit = new Subject<void>();
  const leave = (): void => quit.next();
  const interrupts = watchInterrupts({ onFirst: leave, onSecond: leave });
  try {
    await report(events.pipe(takeUntil(quit)), { onStop: leave, onInterrupt: interrupts.note, onQuit: leave });
    return interrupts.count > 0 && reporter !== "dashboard" ? ExitStatus.interrupted : ExitStatus.done;
  } finally {
    interrupts.close();
  }
}

function nothingTold(folder: string): TrainscopeError {
  return new TrainscopeError(
    "BAD_DATA",
    `${folder} has no event to play: ${SWEEP_EVENTS} is missing or empty`,
    {
      hint: `trainscope sweep --out ${folder} goes on with the sweep; trainscope compare ${folder} shows its trainings.`,
    },
  );
}
