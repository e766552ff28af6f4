// Conducts what takes long, a study or a sweep, and shows it meanwhile: until its end, or until it is asked to stop. It says nothing
// of what is conducted, which tells of itself by events.
import { tell } from "@trainscope/tui/output";
import { type Observable, Subject, takeUntil } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { type StopHandlers, watchInterrupts } from "../interrupts.ts";
import { describeLostOutput, onLostOutput } from "../output/lost-output.ts";

export interface Conducting<Event, Emit, Result> {
  /** Resolves when the stream has completed, with the terminal as it was before. */
  readonly show: (events: Observable<Event>, handlers: StopHandlers) => Promise<void>;
  readonly announce: (deliver: (event: Event) => void) => Emit;
  /** Rejects where the signal aborts, once what it conducts has come to rest. */
  readonly conduct: (emit: Emit, signal: AbortSignal) => Promise<Result>;
  /** Its last event; where it comes to its end `conduct` has emitted that. */
  readonly emitEnd: (emit: Emit, reason: "stopped" | "failed") => void;
  /** What is told people of one that was stopped. */
  readonly stopped: string;
}

/** What it came to; an exit status where it was stopped, or nobody reads any more. Rejects as `conduct` and `show` do. */
export async function conductShown<Event, Emit, Result>(
  conducting: Conducting<Event, Emit, Result>,
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
  const emit = conducting.announce((event) => events.next(event));
  const shown = conducting.show(events.pipe(takeUntil(quit)), {
    onStop: stop,
    onInterrupt: interrupts.note,
    onQuit: quitNow,
  });

  /** Nothing where it was stopped. */
  async function conductToEnd(): Promise<{ readonly result: Result } | undefined> {
    try {
      return { result: await conducting.conduct(emit, abort.signal) };
    } catch (thrown) {
      const isStopped = abort.signal.aborted;
      conducting.emitEnd(emit, isStopped ? "stopped" : "failed");
      if (!isStopped) throw thrown;
      return undefined;
    } finally {
      events.complete();
    }
  }

  // Both, so that the terminal is as it was before anything is said about a failure.
  const [conducted, closed] = await Promise.allSettled([conductToEnd(), shown]);
  interrupts.close();
  if (lostOutput !== undefined) return { status: describeLostOutput(lostOutput) };
  if (conducted.status === "rejected") throw conducted.reason;
  if (closed.status === "rejected") throw closed.reason;
  if (conducted.value !== undefined) return conducted.value;
  tell(conducting.stopped);
  return { status: ExitStatus.interrupted };
}
