// Runs that change while they are looked at: their logs grow, they end, they are called something else. The disk is asked
// again and again, which works over a shared folder, too.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Observable } from "rxjs";
import { LOG_FILE } from "../run-files/file-names.ts";
import { LABEL_FILE } from "../run-files/label.ts";
import type { RunState } from "../run-files/run-state.ts";
import { readLiveness } from "../run-files/session.ts";
import type { ComparedRun } from "./compared-run.ts";
import { type Comparison, createComparison } from "./comparison.ts";
import { inTurns, readComparedRun } from "./read-runs.ts";

const PERIOD_MS = 1000;
/** Runs that have ended are asked in every so many turns: they may be resumed. */
const SLOW_TURNS = 10;
/** Of the time; a long log takes a while to read, and that again and again. */
const MOST_READING = 1 / 20;

interface Watched {
  run: ComparedRun;
  fingerprint: string | undefined;
  /** Not read again before. */
  rested: number;
}

/** A comparison each time one of the runs has changed. Never completes. */
export function watchRuns(
  runs: readonly ComparedRun[],
  ancestors: readonly ComparedRun[],
  period = PERIOD_MS,
): Observable<Comparison> {
  return new Observable((subscriber) => {
    const watched = runs.map((run): Watched => ({ run, fingerprint: undefined, rested: 0 }));
    let timer: NodeJS.Timeout;
    let turn = 0;
    const look = async (): Promise<void> => {
      const isSlow = turn++ % SLOW_TURNS === 0;
      const due = watched.filter(({ run }) => isSlow || isOpen(run));
      const changed = await inTurns(due, refresh);
      if (subscriber.closed) return;
      if (changed.includes(true))
        subscriber.next(
          createComparison(
            watched.map(({ run }) => run),
            ancestors,
          ),
        );
      timer = setTimeout(() => void look(), period);
    };
    timer = setTimeout(() => void look(), period);
    return () => clearTimeout(timer);
  });
}

const OPEN: ReadonlySet<RunState> = new Set(["running", "silent", "died", "left", "no-end"]);

/** Whether it may be changing right now. */
function isOpen({ state }: ComparedRun): boolean {
  return OPEN.has(state);
}

/** Reads the run again where it has changed; tells whether it has. */
async function refresh(watched: Watched): Promise<boolean> {
  const { run, fingerprint } = watched;
  const now = await fingerprintOf(run.key);
  // What has been removed meanwhile is shown as it was.
  if (now === undefined || now === fingerprint || performance.now() < watched.rested) return false;
  watched.fingerprint = now;
  // At first a run that has ended is as it was read.
  if (fingerprint === undefined && !isOpen(run)) return false;
  const start = performance.now();
  watched.run = await readComparedRun(run.key);
  const end = performance.now();
  watched.rested = end + (end - start) / MOST_READING;
  return true;
}

async function fingerprintOf(folder: string): Promise<string | undefined> {
  const [log, label] = await Promise.all(
    [LOG_FILE, LABEL_FILE].map((file) => stat(join(folder, file)).catch(() => undefined)),
  );
  if (log === undefined) return undefined;
  const { sign } = await readLiveness(folder);
  return [log.size, log.mtimeMs, label?.mtimeMs, sign].join(" ");
}
