// Conducts what takes long, a study or a sweep, and shows it meanwhile: until its end, or until it is asked to stop. It says nothing
// of what is conducted, which tells of itself by events.
import { tell } from "@trainscope/tui/output";
import { type Observable, Subject, takeUntil } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { type StopHandlers, watchInterrupts } from "../interrupts.ts";
import { describeLostOutput, onLostOutput } from "./lost-output.ts";

export interface ShownTask<Event, Emit, Result> {
  /** Resolves when the stream has completed, with the terminal as it was before. */
  readonly show: (events: Observable<Event>, handlers: StopHandlers) => Promise<void>;
  readonly announce: (deliver: (event: Event) => void) => Emit;
  /** Rejects where the signal aborts, once what it conducts has come to rest. */
  readonly work: (emit: Emit, signal: AbortSignal) => Promise<Result>;
  /** Its last event; where it comes to its end `work` has emitted that. */
  readonly emitEnd: (emit: Emit, reason: "stopped" | "failed") => void;
  /** What is told people of one that was stopped. */
  readonly stopped: string;
}

/** What it came to; an exit status where it was stopped, or nobody reads any more. Rejects as `work` and `show` do. */
export async function runShown<Event, Emit, Result>(
  task: ShownTask<Event, Emit, Result>,
): Promise<{ readonly result: Result } | { readonly status: ExitStatus }> {
  const abort = new AbortController();
  const quit = new Subject<void>();
  const stop = (): void => abort.abort();
  const quitNow = (): void => {
    stop();
    quit.next();
  };
  const interrupts = watchInterrupts({ onFirst: stop, onSecond: quitNow });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    lostOutput ??= error;
    quitNow();
  });
  const events = new Subject<Event>();
  const emit = task.announce((event) => events.next(event));
  const shown = task.show(events.pipe(takeUntil(quit)), {
    onStop: stop,
    onInterrupt: interrupts.note,
    onQuit: quitNow,
  });

  /** Nothing where it was stopped. */
  async function runToEnd(): Promise<{ readonly result: Result } | undefined> {
    try {
      return { result: await task.work(emit, abort.signal) };
    } catch (thrown) {
      const isStopped = abort.signal.aborted;
      task.emitEnd(emit, isStopped ? "stopped" : "failed");
      if (!isStopped) throw thrown;
      return undefined;
    } finally {
      events.complete();
    }
  }

  // Both, so that the terminal is as it was before anything is said about a failure.
  const [outcome, closed] = await Promise.allSettled([runToEnd(), shown]);
  interrupts.close();
  if (lostOutput !== undefined) return { status: describeLostOutput(lostOutput) };
  if (outcome.status === "rejected") throw outcome.reason;
  if (closed.status === "rejected") throw closed.reason;
  if (outcome.value !== undefined) return outcome.value;
  tell(task.stopped);
  return { status: ExitStatus.interrupted };
}
