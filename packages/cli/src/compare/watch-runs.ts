// Runs that change while they are looked at: their logs grow, they end, they are called something else. The disk is asked
// again and again, which works over a shared folder, too.

import type { RunState } from "@trainscope/runs";
import { Observable } from "rxjs";
import type { ComparedRun } from "./compared-run.ts";
import { type Comparison, createComparison } from "./comparison.ts";
import { inTurns } from "./in-turns.ts";
import type { ReadSource } from "./read-runs.ts";
import type { ComparedSource } from "./sources.ts";

const PERIOD_MS = 1000;
/** Runs that have ended are asked in every so many turns: they may be resumed. */
const SLOW_TURNS = 10;
/** Reading takes no greater share of the time: a long log takes a while, again and again. */
const MOST_READING = 1 / 20;

interface Watched {
  readonly source: ComparedSource;
  run: ComparedRun;
  fingerprint: string | undefined;
  /** The run isn't read again before this time. */
  rested: number;
}

/** A comparison each time one of the runs has changed. Never completes. */
export function watchRuns(
  runs: readonly ReadSource[],
  ancestors: readonly ComparedRun[],
  period = PERIOD_MS,
  arrange: (runs: readonly ComparedRun[]) => readonly ComparedRun[] = (runs) => runs,
): Observable<Comparison> {
  return new Observable((subscriber) => {
    const watched = runs.map(
      ({ source, run }): Watched => ({ source, run, fingerprint: undefined, rested: 0 }),
    );
    let timer: NodeJS.Timeout;
    let turn = 0;
    const look = async (): Promise<void> => {
      const isSlow = turn++ % SLOW_TURNS === 0;
      const due = watched.filter(({ run }) => isSlow || isOpen(run));
      const changed = await inTurns(due, refresh);
      if (subscriber.closed) return;
      if (changed.includes(true))
        subscriber.next(createComparison(arrange(watched.map(({ run }) => run)), ancestors));
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
  const { source, run, fingerprint } = watched;
  const now = await source.fingerprint();
  // What has been removed meanwhile is shown as it was.
  if (now === undefined || now === fingerprint || performance.now() < watched.rested) return false;
  watched.fingerprint = now;
  // At first a run that has ended is as it was read.
  if (fingerprint === undefined && !isOpen(run)) return false;
  const start = performance.now();
  // A log that is being replaced may hold nothing for a moment.
  watched.run = await source.read().catch(() => run);
  const end = performance.now();
  watched.rested = end + (end - start) / MOST_READING;
  return true;
}
